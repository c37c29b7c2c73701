import { randomUUID } from 'node:crypto';
import { idempotencyHeader, portalHeader } from '@casetalk/contract';
import { type Attack, arranged, Tally } from './attack.ts';
import type { Clinic, TalkRecords } from './clinic.ts';
import type { Actor } from './means/actor.ts';
import { cookieHeader } from './means/caller.ts';
import { faceOf } from './means/face.ts';
import { fixturesOf } from './means/fixtures.ts';
import { probeAll } from './means/probes.ts';
import { changedBetween, fingerprints, settledFingerprints } from './means/tables.ts';
import { type Answer, type Ask, dataOf, freshNetwork } from './means/wire.ts';
import type { World } from './world.ts';

/** The headers by which a proxy, a gateway or a careless framework says who asks, or for what. */
const misleading = [
  'x-user-id',
  'x-forwarded-user',
  'x-original-url',
  'x-rewrite-url',
  'x-http-method-override',
  'x-talk-id',
  'x-patient-id',
  'authorization',
];

const json = { 'content-type': 'application/json' };

async function inBodies(
  actor: Actor,
  own: TalkRecords,
  foreign: readonly string[],
  tally: Tally,
): Promise<void> {
  const ask = (what: Ask): Promise<Answer> =>
    actor.ask({ ...what, headers: { ...json, ...freshNetwork(), ...what.headers } });
  const bodies: readonly ((id: string) => Ask)[] = [
    (id) => ({
      method: 'POST',
      path: `/v1/talks/${own.talkId}/messages`,
      headers: { [idempotencyHeader]: randomUUID() },
      body: JSON.stringify({ text: 'Hello', attachmentIds: [id] }),
    }),
    (id) => ({
      method: 'PUT',
      path: `/v1/talks/${own.talkId}/read-state`,
      body: JSON.stringify({ messageId: id }),
    }),
    (id) => ({ path: `/v1/talks?caseId=${id}` }),
  ];
  for (const body of bodies) {
    const closed = faceOf(await ask(body(randomUUID())));
    for (const id of foreign) {
      const answer = await ask(body(id));
      tally.held(
        faceOf(answer) === closed,
        `${body(id).path} with ${id}: ${answer.status} ${answer.text.slice(0, 90)}`,
      );
    }
  }
}

/** Whatever a header says, the answer is the one without it. Instants of the session are its own. */
async function inHeaders(actor: Actor, foreign: readonly string[], tally: Tally): Promise<void> {
  for (const path of ['/v1/talks', '/v1/me']) {
    const plain = faceOf(await actor.ask({ path, headers: freshNetwork() }));
    for (const name of misleading) {
      for (const id of foreign) {
        const value = name.endsWith('-url') ? `/v1/talks/${id}` : id;
        const answer = await actor.ask({ path, headers: { ...freshNetwork(), [name]: value } });
        tally.held(faceOf(answer) === plain, `${path} with ${name}: ${value}`);
      }
    }
  }
}

/** A patient's cookie under every name and for every portal opens no clinician's door. */
async function atOtherPortals(actor: Actor, talkId: string, tally: Tally): Promise<void> {
  const secrets = [...actor.cookies.values()];
  for (const portal of ['clinician', 'patient'] as const) {
    if (portal === actor.portal) continue;
    for (const name of [`__Host-casetalk-${portal}`, `casetalk-${portal}`, 'session']) {
      for (const secret of secrets) {
        const headers = { [portalHeader]: portal, cookie: cookieHeader([[name, secret]]), ...freshNetwork() };
        const answer = await actor.ask({ path: `/v1/talks/${talkId}`, headers });
        tally.held(
          answer.status === 401,
          `${actor.portal}’s secret as ${name} at ${portal}: ${answer.status}`,
        );
      }
    }
  }
}

/** Where somebody else's page ends, one's own must not begin. */
async function withForeignCursor(
  thief: Actor,
  own: TalkRecords,
  owner: Actor,
  theirs: TalkRecords,
  tally: Tally,
) {
  const path = (talkId: string) => `/v1/talks/${talkId}/messages?limit=1`;
  const { nextCursor } = dataOf(await owner.ask({ path: path(theirs.talkId) })) as {
    nextCursor: string | null;
  };
  arranged(nextCursor !== null, 'a talk of more than one page');
  const cursor = encodeURIComponent(nextCursor);
  const answer = await thief.ask({ path: `${path(own.talkId)}&cursor=${cursor}` });
  const leaks =
    answer.text.includes(theirs.talkId) || theirs.messageIds.some((id) => answer.text.includes(id));
  tally.held(!leaks, 'A cursor of another talk led into it');
}

const foreignTo = (clinic: Clinic, ...talks: TalkRecords[]): string[] => {
  const mine = new Set(talks.flatMap((talk) => Object.values(talk).flat()));
  return fixturesOf(clinic)
    .filter(
      ({ kind, id }) => kind !== 'caseId' && kind !== 'clinicianId' && kind !== 'patientId' && !mine.has(id),
    )
    .map(({ id }) => id);
};

async function run(world: World): Promise<Tally> {
  const tally = new Tally();
  const clinic = await world.clinic();
  const { P1, P2, B, AP1, BP1, XP2 } = clinic;
  const before = await settledFingerprints(world.ownerUrl);
  await probeAll(world, tally, world.fast ? ['P2'] : ['P1', 'P2']);
  const foreign = foreignTo(clinic, XP2);
  await inBodies(P2, XP2, foreign, tally);
  await inHeaders(P2, foreign.slice(0, world.size(foreign.length, 4)), tally);
  await inBodies(B, BP1, foreignTo(clinic, BP1), tally);
  await atOtherPortals(P2, AP1.talkId, tally);
  await withForeignCursor(P2, XP2, P1, AP1, tally);
  const changed = changedBetween(before, await fingerprints(world.ownerUrl));
  tally.held(changed.length === 0, `Rows were written in ${changed.join(', ')}`);
  return tally;
}

export const t2: Attack = {
  id: 'T2',
  title: 'A patient reads another’s inbox or files: ids in path, body, query, headers',
  run: async (world) => (await run(world)).outcome,
};
