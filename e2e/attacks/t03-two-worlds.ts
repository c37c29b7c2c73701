import { type Attack, arranged, Tally } from './attack.ts';
import { answerOf } from '../support/clinic.ts';
import { fillTalk, join, newCase, newPatient, somebody, uploadTo } from './clinic.ts';
import type { Actor } from './means/actor.ts';
import { eavesdrop } from './means/eavesdropper.ts';
import { faceOf } from './means/face.ts';
import { median } from './means/statistics.ts';
import { spareSessions } from './means/spare-sessions.ts';
import { ask, freshNetwork } from './means/wire.ts';
import type { World } from './world.ts';

/** Every way in which a colleague can look at a case, its people and what is theirs. */
const looks = (caseId: string, talkId: string | undefined, patientName: string): string[] => [
  '/v1/me',
  '/v1/cases?limit=100',
  '/v1/cases?sort=updated&direction=ascending&limit=100',
  '/v1/cases?unread=true&limit=100',
  `/v1/cases?search=${encodeURIComponent(patientName)}`,
  ...['notInvited', 'invited', 'active'].map((state) => `/v1/cases?talk=${state}&limit=100`),
  `/v1/cases/${caseId}`,
  `/v1/cases/${caseId}/members`,
  `/v1/cases/${caseId}/invitations`,
  `/v1/cases/${caseId}/attachments`,
  `/v1/cases/${caseId}/doctor-talk/messages`,
  '/v1/clinicians?limit=100',
  '/v1/talks?limit=100',
  '/v1/talks?unread=true',
  `/v1/talks?caseId=${caseId}`,
  `/v1/talks?search=${encodeURIComponent(patientName)}`,
  ...(talkId === undefined
    ? []
    : [`/v1/talks/${talkId}`, `/v1/talks/${talkId}/messages`, `/v1/talks/${talkId}/uploads`]),
];

async function lookAround(actors: ReadonlyMap<string, { actor: Actor; paths: readonly string[] }>) {
  const seen = new Map<string, string>();
  for (const [name, { actor, paths }] of actors) {
    for (const path of paths)
      seen.set(`${name} ${path}`, faceOf(await actor.ask({ path, headers: freshNetwork() })));
  }
  return seen;
}

/** How long two requests take, asked in turn so that whatever else goes on slows both. @returns the medians' distance */
async function distance(
  world: World,
  actor: Actor,
  first: string,
  second: string,
  tries: number,
): Promise<number> {
  const sessions = await spareSessions(world, actor, 4);
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < tries; round += 1) {
    const order = round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const);
    for (const side of order) {
      const headers = { ...sessions[round % sessions.length], ...freshNetwork() };
      const { took, status } = await ask(world.apiUrl, { path: side === 0 ? first : second, headers });
      arranged(status === 200, `something to time, answered with ${status}`);
      times[side].push(took);
    }
  }
  return Math.abs(median(times[0]) - median(times[1]));
}

async function run(world: World): Promise<Tally> {
  const tally = new Tally();
  const { A, B, S, X } = await world.clinic();
  const patient = somebody('Nora Feld', 53);
  const caseId = await newCase(A, patient.name, B, S);
  const twinCaseId = await newCase(A, patient.name, B, S);
  const { actor: P1, talkId: ofB } = await newPatient(world, B, caseId, patient);
  const paths = looks(caseId, undefined, patient.name);
  const actors = new Map([
    ['B', { actor: B, paths: looks(caseId, ofB, patient.name) }],
    ['S', { actor: S, paths }],
    ['X', { actor: X, paths }],
  ]);
  const mails = async (): Promise<number> =>
    (await Promise.all([B, S, X].map(({ email }) => world.mailroom.emails({ to: email })))).flat().length;

  await lookAround(actors);
  const without = await lookAround(actors);
  const mailsBefore = await mails();
  const ears = await Promise.all([B, S, X].map((actor) => eavesdrop(world, actor)));
  const hers = await eavesdrop(world, A);
  try {
    const talkId = await join(A, caseId, P1);
    const { caseAttachmentId } = await fillTalk(A, P1, talkId);
    // What is shared is meant to be seen: it goes again, so that nothing but the talk is left to find.
    await answerOf(A.client.removeCaseAttachment({ params: { caseAttachmentId } }));
    await uploadTo(A, talkId);
    arranged(await hers.hears(talkId), 'the talk’s own people hear of it');
    for (const ear of ears) tally.held(!ear.heard(talkId), 'An event told a colleague of the talk');
  } finally {
    for (const ear of [...ears, hers]) ear.close();
  }
  const beyond = await lookAround(actors);
  for (const [where, face] of without)
    tally.held(beyond.get(where) === face, `${where} is answered differently`);
  tally.held((await mails()) === mailsBefore, 'A mail told a colleague of the talk');

  const tries = world.size(500, 60);
  for (const path of ['', '/attachments', '/members']) {
    const gap = await distance(
      world,
      B,
      `/v1/cases/${caseId}${path}`,
      `/v1/cases/${twinCaseId}${path}`,
      tries,
    );
    tally.held(
      gap < 5,
      `/v1/cases/…${path} takes ${gap.toFixed(1)} ms more or less with the talk`,
      tries * 2,
    );
    tally.note(`case${path || ' itself'}: medians ${gap.toFixed(2)} ms apart`);
  }
  return tally;
}

export const t3: Attack = {
  id: 'T3',
  title: 'Colleagues learn that a talk exists: counts, badges, lists, events, mail, time',
  run: async (world) => (await run(world)).outcome,
};
