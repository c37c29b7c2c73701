import type { AccessEvent } from '@casetalk/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/db/new-id.ts';
import { actingAs, emergencyWorld, type EmergencyWorld, gif, sendFileIn } from './support/emergency.ts';
import { openTalk, addCase, type Someone } from './support/people.ts';
import { answer, outcome } from './support/result.ts';

let world: EmergencyWorld;

beforeAll(async () => {
  world = await emergencyWorld();
  answer(await world.B.client.listMessages({ params: { talkId: world.talkOfB } }));
});
afterAll(() => world.api.close());

async function seenBy(person: Someone, talkId = world.talkId): Promise<AccessEvent[]> {
  return answer(await person.client.listTalkAccessEvents({ params: { talkId }, query: { limit: 100 } })).data;
}

/** An act as the audit has it, at a time that has passed. */
async function recorded(act: {
  action: string;
  by: Someone;
  at: string;
  talkId?: string;
  resourceId?: string;
}): Promise<void> {
  await world.api.sql.query(
    `insert into audit_events (id, at, actor_kind, actor_id, action, resource_type, resource_id, case_id, talk_id)
     values ($1, $2, $3, $4, $5, 'talk', $6, $7, $8)`,
    [
      newId(),
      act.at,
      act.by === world.P1 ? 'patient' : 'clinician',
      act.by.id,
      act.action,
      act.resourceId ?? act.talkId ?? world.talkId,
      world.caseId,
      act.talkId ?? world.talkId,
    ],
  );
}

describe('who has seen this', () => {
  test('names who opened, downloaded, shared and stopped sharing what, to both people', async () => {
    const { A, B, P1, talkId } = world;
    const attachmentId = await sendFileIn(talkId, P1, gif('rash.gif'));
    answer(await A.client.listMessages({ params: { talkId } }));
    answer(await A.client.download('downloadAttachment', { params: { attachmentId } }));
    const { id: caseAttachmentId } = answer(await A.client.shareAttachment({ params: { attachmentId } }));
    answer(await B.client.download('downloadCaseAttachment', { params: { caseAttachmentId } }));
    answer(await A.client.removeCaseAttachment({ params: { caseAttachmentId } }));

    for (const person of [A, P1]) {
      const told = (await seenBy(person)).filter(({ file }) => file?.attachmentId === attachmentId);
      expect(
        told.map(({ act, via, by, file }) => [act, via, by.name, by.practiceName, by.me, file?.name]),
      ).toEqual([
        ['sharingStopped', 'talk', A.name, 'Harbor Street Clinic', person === A, 'rash.gif'],
        ['downloaded', 'case', B.name, 'Harbor Street Clinic', false, 'rash.gif'],
        ['shared', 'talk', A.name, 'Harbor Street Clinic', person === A, 'rash.gif'],
        ['downloaded', 'talk', A.name, 'Harbor Street Clinic', person === A, 'rash.gif'],
      ]);
    }
    const opened = (await seenBy(P1)).find(({ act, by }) => act === 'opened' && by.id === A.id);
    expect(opened).toMatchObject({
      via: 'talk',
      file: null,
      by: { kind: 'clinician', jobTitle: 'Family physician' },
      talk: { id: talkId, caseTitle: 'Knee pain after a fall', clinicianName: A.name },
    });
  });

  test('tells of an emergency access, and of what was read by it', async () => {
    const grant = await world.grant();
    const params = { grantId: grant.id };
    answer(await world.admin.client.listBreakGlassMessages({ params }));
    answer(
      await world.admin.client.download('downloadBreakGlassAttachment', {
        params: { ...params, attachmentId: world.fileId },
      }),
    );
    answer(await world.admin.client.endBreakGlass({ params }));
    for (const person of [world.A, world.P1]) {
      const told = (await seenBy(person)).filter(({ grantId }) => grantId === grant.id);
      expect(told.map(({ act, via, by, file }) => [act, via, by.name, file?.name])).toEqual([
        ['breakGlassEnded', 'breakGlass', 'Grace Lim', undefined],
        ['downloaded', 'breakGlass', 'Grace Lim', 'knee.gif'],
        ['opened', 'breakGlass', 'Grace Lim', undefined],
        ['breakGlassStarted', 'breakGlass', 'Grace Lim', undefined],
      ]);
    }
  });

  test('is nobody else’s, and their answers never change with it', async () => {
    const { B, S, X, P2, admin, otherAdmin } = world;
    for (const person of [B, S, X, P2, admin, otherAdmin]) {
      const answers = [
        await person.client.listTalkAccessEvents({ params: { talkId: world.talkId } }),
        await person.client.listTalkAccessEvents({ params: { talkId: crypto.randomUUID() } }),
      ];
      expect(answers.map(outcome)).toEqual(['not-found', 'not-found']);
    }
    expect(outcome(await world.A.client.listAccessEvents())).toBe('not-found');
    const ofB = await seenBy(B, world.talkOfB);
    expect(ofB.filter(({ talk }) => talk.id !== world.talkOfB)).toEqual([]);
    expect(JSON.stringify(ofB)).not.toContain(world.A.id);
  });

  test('says nothing of a file that the other one has not sent yet', async () => {
    const { A, P1, talkId } = world;
    const { id } = answer(await P1.client.upload('uploadTalkFile', { params: { talkId } }, gif('draft.gif')));
    answer(await P1.client.download('downloadAttachment', { params: { attachmentId: id } }));
    const about = async (person: Someone) =>
      (await seenBy(person)).filter(({ file }) => file?.attachmentId === id).length;
    expect(await about(P1)).toBe(1);
    expect(await about(A)).toBe(0);
    expect(JSON.stringify(await seenBy(A))).not.toContain('draft.gif');
    answer(await P1.client.sendMessage({ params: { talkId }, body: { attachmentIds: [id] } }));
    expect(await about(A)).toBe(1);
  });

  test('leaves a trace of who looks', async () => {
    await seenBy(world.A);
    const { rowCount } = await world.api.sql.query(
      `select from audit_events where action = 'access.listed' and talk_id = $1 and actor_id = $2`,
      [world.talkId, world.A.id],
    );
    expect(rowCount).toBeGreaterThan(0);
  });
});

describe('many at once', () => {
  let talkId: string;
  const hours = 130;
  const at = (hour: number, minute: number): string =>
    new Date(Date.UTC(2026, 0, 1, hour, minute)).toISOString();

  beforeAll(async () => {
    talkId = await openTalk(world.A, await addCase(world.A), world.P1);
    for (let hour = 0; hour < hours; hour += 1) {
      for (const minute of [5, 20, 40]) {
        await recorded({ action: 'talk.read', by: world.A, at: at(hour, minute), talkId });
        await recorded({ action: 'talk.viewed', by: world.P1, at: at(hour, minute + 1), talkId });
      }
    }
  });

  test('the same person within one hour is one entry, with the first and the last time', async () => {
    const told = await seenBy(world.A, talkId);
    const newest = told.find((entry) => entry.by.id === world.A.id && entry.at.startsWith('2026-01'));
    expect(newest).toMatchObject({ times: 3, firstAt: at(hours - 1, 5), at: at(hours - 1, 40) });
  });

  test('pages of any size tell each entry once, the latest first', async () => {
    for (const limit of [7, 50]) {
      const told: AccessEvent[] = [];
      let cursor: string | undefined;
      do {
        const page = answer(
          await world.P1.client.listTalkAccessEvents({
            params: { talkId },
            query: cursor === undefined ? { limit } : { limit, cursor },
          }),
        );
        expect(page.data.length).toBeLessThanOrEqual(limit);
        told.push(...page.data);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      const seeded = told.filter((entry) => entry.at.startsWith('2026-01'));
      expect(seeded).toHaveLength(2 * hours);
      expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
      expect(told.map((entry) => entry.at)).toEqual(
        told
          .map((entry) => entry.at)
          .toSorted()
          .toReversed(),
      );
      expect(seeded.every(({ times }) => times === 3)).toBe(true);
    }
  });

  test('a patient has one list over all their talks', async () => {
    const told: AccessEvent[] = [];
    let cursor: string | undefined;
    do {
      const page = answer(
        await world.P1.client.listAccessEvents({ query: cursor === undefined ? {} : { cursor } }),
      );
      told.push(...page.data);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    const talks = new Set(told.map(({ talk }) => talk.id));
    expect(talks).toEqual(new Set([world.talkId, world.talkOfB, talkId]));
    expect(answer(await world.P2.client.listAccessEvents()).data.some(({ talk }) => talks.has(talk.id))).toBe(
      false,
    );
  });
});

describe('the two locks', () => {
  const rowsSeen = (role: 'casetalk_clinician' | 'casetalk_patient', id: string): Promise<string[]> =>
    actingAs(world.api, role, id, async (client) => {
      const { rows } = await client.query<{ talk_id: string | null }>('select talk_id from audit_events');
      return rows.flatMap((row) => row.talk_id ?? []);
    });

  test('row-level security shows each person the acts on their own talks, without any help of the query', async () => {
    const ofA = new Set(await rowsSeen('casetalk_clinician', world.A.id));
    expect(ofA.has(world.talkId)).toBe(true);
    expect(ofA.has(world.talkOfB)).toBe(false);
    expect((await rowsSeen('casetalk_patient', world.P1.id)).length).toBeGreaterThan(0);
    for (const stranger of [world.S, world.admin]) {
      expect(await rowsSeen('casetalk_clinician', stranger.id)).toEqual([]);
    }
    expect(await rowsSeen('casetalk_patient', world.P2.id)).not.toContain(world.talkId);
  });

  test('and never an address, nor anything but what was done with the talk', async () => {
    const read = (column: string) =>
      actingAs(world.api, 'casetalk_clinician', world.A.id, (client) =>
        client.query(`select ${column} from audit_events`),
      );
    for (const column of ['ip', 'request_id']) {
      await expect(read(column)).rejects.toMatchObject({ code: '42501' });
    }
    const { rows } = await read('distinct action');
    const actions = rows.map((row: { action: string }) => row.action);
    expect(actions).toContain('talk.read');
    for (const action of ['message.sent', 'talk.markedRead', 'session.begin', 'access.listed']) {
      expect(actions).not.toContain(action);
    }
  });

  test('the queries show nobody more, without any help of row-level security', async () => {
    for (const table of ['audit_events', 'talks', 'attachments', 'case_attachments']) {
      await world.api.sql.query(`alter table ${table} disable row level security`);
    }
    const { B, S, X, P2 } = world;
    for (const person of [B, S, X, P2]) {
      const asked = await person.client.listTalkAccessEvents({ params: { talkId: world.talkId } });
      expect(outcome(asked)).toBe('not-found');
    }
    const ofB = await seenBy(B, world.talkOfB);
    expect(ofB.length).toBeGreaterThan(0);
    expect(ofB.every(({ talk }) => talk.id === world.talkOfB)).toBe(true);
    const { id } = answer(
      await world.P1.client.upload('uploadTalkFile', { params: { talkId: world.talkId } }, gif('draft2.gif')),
    );
    answer(await world.P1.client.download('downloadAttachment', { params: { attachmentId: id } }));
    expect(JSON.stringify(await seenBy(world.A))).not.toContain('draft2.gif');
  });
});
