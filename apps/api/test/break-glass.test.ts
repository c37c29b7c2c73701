import type { Result } from '@casetalk/client';
import type { BreakGlassGrant } from '@casetalk/contract';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { emergencyWorld, type EmergencyWorld, gif, reason } from './support/emergency.ts';
import type { Someone } from './support/people.ts';
import { answer, outcome } from './support/result.ts';
import { listen } from './support/stream.ts';

let world: EmergencyWorld;

beforeAll(async () => {
  world = await emergencyWorld();
});
afterAll(() => world.api.close());

/** A refusal to the letter, but for the request's id. */
const lettersOf = (result: Result<unknown>): string =>
  JSON.stringify({ ...(result.ok ? { ok: true } : result.problem), instance: undefined });

describe('asking for emergency access', () => {
  test('without it an administrator finds no talk and no file', async () => {
    const { client } = world.admin;
    const params = { talkId: world.talkId };
    const answers = await Promise.all([
      client.getTalk({ params }),
      client.listMessages({ params }),
      client.listTalkAccessEvents({ params }),
      client.listTalkBreakGlassGrants({ params }),
      client.download('downloadAttachment', { params: { attachmentId: world.fileId } }),
      world.messagesOf({ id: crypto.randomUUID() }),
    ]);
    expect(answers.map(outcome)).toEqual(answers.map(() => 'not-found'));
  });

  test('an unknown case, a clinician of another practice and no talk answer alike, and are recorded', async () => {
    const { admin, caseId, S, X, A } = world;
    const ask = (body: { caseId: string; clinicianId: string }) =>
      admin.client.startBreakGlass({ body: { ...body, reason } });
    const answers = [
      await ask({ caseId: crypto.randomUUID(), clinicianId: A.id }),
      await ask({ caseId, clinicianId: X.id }),
      await ask({ caseId, clinicianId: S.id }),
      await ask({ caseId, clinicianId: crypto.randomUUID() }),
    ];
    expect(answers.map(outcome)).toEqual(answers.map(() => 'not-found'));
    expect(new Set(answers.map(lettersOf)).size).toBe(1);
    const { rowCount } = await world.api.sql.query(
      `select from audit_events where action = 'breakGlass.refused' and outcome = 'refused' and actor_id = $1`,
      [admin.id],
    );
    expect(rowCount).toBe(4);
  });

  test('is for the administrators of the clinician’s own practice', async () => {
    const { A, B, S, X, foreignAdmin, caseId } = world;
    for (const person of [A, B, S, X, foreignAdmin]) {
      const asked = await person.client.startBreakGlass({ body: { caseId, clinicianId: A.id, reason } });
      expect(outcome(asked)).toBe('not-found');
    }
    expect(outcome(await A.client.listBreakGlassGrants())).toBe('not-found');
  });

  test('needs a reason in words, and a time within bounds', async () => {
    const { admin, caseId, A } = world;
    const body = { caseId, clinicianId: A.id };
    for (const wrong of [
      { ...body, reason: 'short' },
      { ...body, reason: '                                ' },
      { ...body, reason: 'x'.repeat(501) },
      { ...body, reason, minutes: 14 },
      { ...body, reason, minutes: 61 },
    ]) {
      expect(outcome(await admin.client.startBreakGlass({ body: wrong }))).toBe('invalid-request');
    }
  });

  test('needs proof of a moment ago who asks', async () => {
    const { admin, caseId, A, api } = world;
    await api.sql.query(
      `update sessions set password_proved_at = password_proved_at - interval '6 minutes' where clinician_id = $1`,
      [admin.id],
    );
    const asked = await admin.client.startBreakGlass({ body: { caseId, clinicianId: A.id, reason } });
    await api.sql.query('update sessions set password_proved_at = now() where clinician_id = $1', [admin.id]);
    expect(outcome(asked)).toBe('reauthentication-needed');
  });

  test('pressed twice with one key, it is one grant', async () => {
    const { admin, caseId, A } = world;
    const body = { caseId, clinicianId: A.id, reason };
    const options = { idempotencyKey: crypto.randomUUID() };
    const first = answer(await admin.client.startBreakGlass({ body }, options));
    expect(answer(await admin.client.startBreakGlass({ body }, options)).id).toBe(first.id);
    const events = await world.auditsOf(first.id);
    expect(events.map(({ action }) => action)).toEqual(['breakGlass.started']);
  });
});

describe('a live grant', () => {
  let grant: BreakGlassGrant;
  beforeAll(async () => {
    grant = await world.grant();
  });

  test('says for how long, of whom and why', () => {
    expect(grant).toMatchObject({
      talkId: world.talkId,
      administrator: { id: world.admin.id, me: true },
      clinician: { id: world.A.id },
      patientName: 'Ana Ruiz',
      reason,
      state: 'live',
      abilities: { read: true, end: true },
    });
    expect(Date.parse(grant.expiresAt) - Date.parse(grant.startedAt)).toBe(15 * 60_000);
  });

  test('lets its administrator read messages and files, recorded with its id, and marks nothing read', async () => {
    const before = answer(await world.A.client.getTalk({ params: { talkId: world.talkId } }));
    const { data } = answer(await world.messagesOf(grant));
    expect(data.map(({ text }) => text)).toContain('My tongue is swelling.');
    const file = data.flatMap(({ attachments }) => attachments).find(({ id }) => id === world.fileId);
    expect(file).toMatchObject({
      name: 'knee.gif',
      abilities: { share: false, stopSharing: false, remove: false },
    });
    expect(data.every(({ mine, readAt }) => !mine && readAt === null)).toBe(true);
    expect(answer(await world.fileOf(grant, world.fileId)).size).toBeGreaterThan(0);

    const after = answer(await world.A.client.getTalk({ params: { talkId: world.talkId } }));
    expect([after.unread, after.otherReadAt]).toEqual([before.unread, before.otherReadAt]);
    const { admin, talkId } = world;
    const by = { actor_id: admin.id, talk_id: talkId };
    expect(await world.auditsOf(grant.id)).toEqual([
      { action: 'breakGlass.started', ...by },
      { action: 'talk.read', ...by },
      { action: 'attachment.downloaded', ...by },
    ]);
  });

  test('lets nobody send, share, upload or mark, and opens no other door', async () => {
    const { client } = world.admin;
    const params = { talkId: world.talkId };
    const { data } = answer(await world.messagesOf(grant));
    const answers = await Promise.all([
      client.getTalk({ params }),
      client.listMessages({ params }),
      client.sendMessage({ params, body: { text: 'Hello' } }),
      client.markTalkRead({ params, body: { messageId: data[0]?.id ?? '' } }),
      client.upload('uploadTalkFile', { params }, gif()),
      client.shareAttachment({ params: { attachmentId: world.fileId } }),
      client.removeTalkUpload({ params: { attachmentId: world.fileId } }),
      client.download('downloadAttachment', { params: { attachmentId: world.fileId } }),
      client.getCase({ params: { caseId: world.caseId } }),
      client.listTalkAccessEvents({ params }),
    ]);
    expect(answers.map(outcome)).toEqual(answers.map(() => 'not-found'));
  });

  test('opens that one talk: no file of another, and nothing that is not sent', async () => {
    const { P1, talkId } = world;
    const unsent = answer(
      await P1.client.upload('uploadTalkFile', { params: { talkId } }, gif('unsent.gif')),
    );
    expect(outcome(await world.fileOf(grant, world.fileOfB))).toBe('not-found');
    expect(outcome(await world.fileOf(grant, unsent.id))).toBe('not-found');
    const { data } = answer(await world.messagesOf(grant));
    expect(data.every((message) => message.talkId === talkId)).toBe(true);
    expect(JSON.stringify(data)).not.toContain('Only for Dr. B.');
  });

  test('is nobody else’s: neither a colleague’s nor anyone’s on the case', async () => {
    const { otherAdmin, foreignAdmin, A, B, S } = world;
    for (const person of [otherAdmin, foreignAdmin, A, B, S]) {
      expect(outcome(await world.messagesOf(grant, person))).toBe('not-found');
      expect(outcome(await world.fileOf(grant, world.fileId, person))).toBe('not-found');
    }
  });

  test('shows in the talk’s audience to both people, and to nobody on the case', async () => {
    for (const person of [world.A, world.P1]) {
      const { audience } = answer(await person.client.getTalk({ params: { talkId: world.talkId } }));
      expect(audience.people).toContainEqual({
        id: world.admin.id,
        name: 'Grace Lim',
        role: 'administrator',
        until: grant.expiresAt,
      });
    }
    const itsCase = answer(await world.A.client.getCase({ params: { caseId: world.caseId } }));
    expect(itsCase.patientTalkAudience.people.map(({ role }) => role)).toContain('administrator');
    const ofB = answer(await world.B.client.getCase({ params: { caseId: world.caseId } }));
    expect(JSON.stringify(ofB)).not.toContain(world.admin.id);
  });

  test('is told to the two people with its reason, and to nobody else', async () => {
    const params = { talkId: world.talkId };
    for (const person of [world.A, world.P1]) {
      const { data } = answer(await person.client.listTalkBreakGlassGrants({ params }));
      expect(data.find(({ id }) => id === grant.id)).toMatchObject({
        reason,
        patientName: 'Ana Ruiz',
        abilities: { read: false, end: false },
      });
    }
    const { B, S, X, P2, admin } = world;
    for (const person of [B, S, X, P2, admin]) {
      expect(outcome(await person.client.listTalkBreakGlassGrants({ params }))).toBe('not-found');
    }
  });
});

describe('telling', () => {
  const grantMails = async (person: Someone) =>
    (await world.api.mailroom.emails({ to: person.email })).filter(({ subject }) =>
      /[Ee]mergenc/.test(subject),
    );

  test('both people hear of it at once: on open portals, and by a mail that says nothing of why or whose', async () => {
    await world.api.sql.query(`update patients set language = 'es' where id = $1`, [world.P1.id]);
    const streams = [
      await listen(world.A.client),
      await listen(world.P1.client),
      await listen(world.B.client),
    ];
    const before = [await grantMails(world.A), await grantMails(world.P1)].map((mails) => mails.length);
    const grant = await world.grant();
    const isIt = (event: { type: string }) => event.type === 'breakGlass.changed';
    for (const stream of streams.slice(0, 2)) {
      expect(await stream.heard(isIt)).toEqual({
        type: 'breakGlass.changed',
        grantId: grant.id,
        talkId: world.talkId,
        caseId: world.caseId,
      });
    }
    expect(streams[2]?.seen.filter(isIt)).toEqual([]);
    for (const stream of streams) stream.close();

    await vi.waitFor(
      async () => {
        const now = [await grantMails(world.A), await grantMails(world.P1)].map((mails) => mails.length);
        expect(now).toEqual(before.map((count) => count + 1));
      },
      { timeout: 20_000 },
    );
    for (const person of [world.A, world.P1]) {
      for (const { subject, html, text } of await grantMails(person)) {
        for (const secret of [reason, 'Ana Ruiz', 'Okafor', 'Grace Lim', 'Knee pain', 'tongue']) {
          expect(`${subject}${html}${text}`).not.toContain(secret);
        }
      }
    }
    const spanish = (await grantMails(world.P1)).find(({ subject }) => /conversaciones/.test(subject));
    expect(spanish?.text).toContain('administración');
  });
});
