import { get } from 'node:http';
import type { BreakGlassGrant } from '@casetalk/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emergencyWorld, type EmergencyWorld, sendFileIn } from './support/emergency.ts';
import { rawSession } from './support/raw-session.ts';
import { answer, outcome } from './support/result.ts';

let world: EmergencyWorld;

beforeAll(async () => {
  world = await emergencyWorld();
});
afterAll(() => world.api.close());

const letExpire = (grant: BreakGlassGrant) =>
  world.api.sql.query('update break_glass_grants set expires_at = now() where id = $1', [grant.id]);

describe('the end of a grant', () => {
  /** What a grant still gives: to its administrator, to a colleague, in the audience. */
  async function whatIsLeftOf(grant: BreakGlassGrant) {
    const params = { grantId: grant.id };
    const own = answer(await world.admin.client.getBreakGlassGrant({ params }));
    const { audience } = answer(await world.A.client.getTalk({ params: { talkId: world.talkId } }));
    return {
      state: own.state,
      patientName: own.patientName,
      abilities: own.abilities,
      messages: outcome(await world.messagesOf(grant)),
      file: outcome(await world.fileOf(grant, world.fileId)),
      ending: outcome(await world.admin.client.endBreakGlass({ params })),
      colleague: outcome(await world.otherAdmin.client.getBreakGlassGrant({ params })),
      readers: audience.people.filter(({ until }) => until === grant.expiresAt),
    };
  }
  const nothing = {
    patientName: null,
    abilities: { read: false, end: false },
    messages: 'not-found',
    file: 'not-found',
    ending: 'state-conflict',
    // A colleague has nothing to end any more.
    colleague: 'not-found',
    readers: [],
  };

  test('comes by itself, by the database’s clock', async () => {
    const grant = await world.grant();
    await letExpire(grant);
    expect(await whatIsLeftOf(grant)).toEqual({ state: 'expired', ...nothing });
  });

  test('comes early by its administrator', async () => {
    const grant = await world.grant();
    answer(await world.admin.client.endBreakGlass({ params: { grantId: grant.id } }));
    expect(await whatIsLeftOf(grant)).toEqual({ state: 'ended', ...nothing });
    const events = await world.auditsOf(grant.id);
    expect(events.map(({ action }) => action)).toEqual(['breakGlass.started', 'breakGlass.ended']);
  });

  test('comes early by a colleague, who sees live ones, and not by anybody of another practice', async () => {
    const grant = await world.grant();
    const params = { grantId: grant.id };
    for (const person of [world.foreignAdmin, world.A, world.B]) {
      expect(outcome(await person.client.endBreakGlass({ params }))).toBe('not-found');
    }
    const listed = answer(await world.otherAdmin.client.listBreakGlassGrants()).data;
    expect(listed.find(({ id }) => id === grant.id)).toMatchObject({
      patientName: null,
      abilities: { read: false, end: true },
    });
    answer(await world.otherAdmin.client.endBreakGlass({ params }));
    expect(await whatIsLeftOf(grant)).toEqual({ state: 'ended', ...nothing });
    const { data } = answer(
      await world.P1.client.listTalkBreakGlassGrants({ params: { talkId: world.talkId } }),
    );
    expect(data.find(({ id }) => id === grant.id)?.endedBy).toBe('Omar Haddad');
  });

  test('comes with the end of the account’s role', async () => {
    const grant = await world.grant();
    const set = (role: string) =>
      world.api.sql.query('update clinicians set role = $2 where id = $1', [world.admin.id, role]);
    await set('staff');
    const { audience } = answer(await world.A.client.getTalk({ params: { talkId: world.talkId } }));
    await set('administrator');
    expect(audience.people.map(({ role }) => role)).not.toContain('administrator');
    answer(await world.admin.client.endBreakGlass({ params: { grantId: grant.id } }));
  });

  test('cuts a download off that is under way', async () => {
    const { P1, admin, api, talkId } = world;
    const size = 24_000_000;
    const big = new File(['Diary. '.padEnd(size, 'words ')], 'diary.txt', { type: 'text/plain' });
    const attachmentId = await sendFileIn(talkId, P1, big);
    const session = await rawSession(api, 'clinician', admin.email);
    for (const end of ['ended', 'expired'] as const) {
      const grant = await world.grant();
      const path = `/v1/break-glass-grants/${grant.id}/attachments/${attachmentId}/content`;
      const received = await new Promise<number>((resolve, reject) => {
        const request = get(`${api.url}${path}`, { headers: session.headers() }, (response) => {
          let bytes = 0;
          let over = false;
          response.on('data', (chunk: Buffer) => {
            bytes += chunk.length;
            // A reader who takes her time.
            response.pause();
            setTimeout(() => response.resume(), 10);
            if (over) return;
            over = true;
            const done =
              end === 'ended'
                ? admin.client.endBreakGlass({ params: { grantId: grant.id } })
                : letExpire(grant);
            done.catch(reject);
          });
          response.on('error', () => undefined);
          response.on('close', () => resolve(bytes));
        });
        request.on('error', reject);
      });
      expect(received).toBeGreaterThan(0);
      expect(received).toBeLessThan(size);
    }
  });
});
