import { randomUUID } from 'node:crypto';
import { answerOf } from '../support/clinic.ts';
import { type Attack, arranged, Tally } from './attack.ts';
import { enterClinician, fillTalk, join, newCase } from './clinic.ts';
import type { Actor } from './means/actor.ts';
import { faceOf } from './means/face.ts';
import { probeAll } from './means/probes.ts';
import { changedBetween, fingerprints, settledFingerprints } from './means/tables.ts';
import { comesTrue } from './means/target.ts';
import type { World } from './world.ts';

const grants = '/v1/break-glass-grants';
const reason = 'The clinician cannot be reached and the patient is on the way to hospital.';

/** How often this talk was read under an emergency access, as the audit tells. */
const reads = ({ database }: World, grantId: string): Promise<number> =>
  database.count(`select count(*) from audit_events where grant_id = $1 and action not like 'breakGlass.%'`, [
    grantId,
  ]);

/** What an administrator must give, and where it leads nowhere. */
async function refusals(world: World, admin: Actor, caseId: string, tally: Tally): Promise<void> {
  const { A, B, X, otherCaseId } = await world.clinic();
  const start = (body: object) => admin.send('POST', grants, body);
  for (const words of [undefined, '', ' '.repeat(200), 'because'])
    tally.held(
      (await start({ caseId, clinicianId: A.id, reason: words })).status === 400,
      `An emergency was opened for the reason “${String(words)}”`,
    );
  for (const minutes of [0, -1, 100_000])
    tally.held(
      (await start({ caseId, clinicianId: A.id, reason, minutes })).status === 400,
      `An emergency of ${minutes} minutes was opened`,
    );
  const closed = faceOf(await start({ caseId: randomUUID(), clinicianId: A.id, reason }));
  for (const body of [
    { caseId: otherCaseId, clinicianId: X.id, reason },
    { caseId, clinicianId: X.id, reason },
    { caseId, clinicianId: randomUUID(), reason },
  ])
    tally.held(
      faceOf(await start(body)) === closed,
      `An emergency was opened elsewhere: ${JSON.stringify(body)}`,
    );
  for (const actor of [A, B, X])
    tally.held(
      (await actor.send('POST', grants, { caseId, clinicianId: A.id, reason })).status === 404,
      `${actor.email} opened an emergency without being an administrator`,
    );
}

async function run(world: World): Promise<Tally> {
  const tally = new Tally();
  const { A, B, S, X, P1 } = await world.clinic();
  const before = await settledFingerprints(world.ownerUrl);
  await probeAll(world, tally, ['admin']);
  const changed = changedBetween(before, await fingerprints(world.ownerUrl));
  tally.held(changed.length === 0, `Rows were written in ${changed.join(', ')}`);

  const caseId = await newCase(A, 'Ana Ruiz', B);
  const talkId = await join(A, caseId, P1);
  const records = await fillTalk(A, P1, talkId);
  // Signed in a moment ago: fresh proof of who asks.
  const admin = await enterClinician(world, 'admin');
  await refusals(world, admin, caseId, tally);

  const mails = async (to: string): Promise<number> => (await world.mailroom.emails({ to })).length;
  const told = [await mails(A.email), await mails(P1.email)];
  const { id: grantId } = await answerOf(
    admin.client.startBreakGlass({ body: { caseId, clinicianId: A.id, reason } }),
  );
  tally.held((await reads(world, grantId)) === 0, 'Reading was recorded before anything was read');
  const messages = `${grants}/${grantId}/messages`;
  const file = `${grants}/${grantId}/attachments/${records.sentFile}/content`;
  for (const path of [messages, file]) {
    const counted = await reads(world, grantId);
    arranged((await admin.ask({ path })).status === 200, 'an emergency that opens its talk');
    tally.held((await reads(world, grantId)) > counted, `${path} was read without a trace`);
  }
  const isTold = async (): Promise<boolean> =>
    (await mails(A.email)) > (told[0] ?? 0) && (await mails(P1.email)) > (told[1] ?? 0);
  tally.held(await comesTrue(isTold, 10_000), 'The talk’s two people were not told');

  const strange = faceOf(await admin.ask({ path: `${grants}/${randomUUID()}/messages` }));
  for (const actor of [A, B, S, X]) {
    const closed = faceOf(await actor.ask({ path: `${grants}/${randomUUID()}/messages` }));
    tally.held(
      faceOf(await actor.ask({ path: messages })) === closed,
      `${actor.email} reads by the emergency`,
    );
  }
  for (const path of [`/v1/talks/${talkId}`, `/v1/talks/${talkId}/messages`])
    tally.held((await admin.ask({ path })).status === 404, `The emergency opens ${path} too`);
  const written = await admin.send('POST', `/v1/talks/${talkId}/messages`, { text: 'Hello' });
  tally.held(written.status === 404, 'The emergency allows writing');

  await world.database.rows(
    `update break_glass_grants set started_at = started_at - interval '1 day', expires_at = now() - interval '1 second' where id = $1`,
    [grantId],
  );
  for (const path of [messages, file]) {
    const answer = await admin.ask({ path });
    tally.held(answer.status === 404, `${path} is open beyond its end: ${answer.status}`);
    if (path === messages)
      tally.held(faceOf(answer) === strange, 'An emergency that is over can be told from none');
  }
  return tally;
}

export const t8: Attack = {
  id: 'T8',
  title: 'An administrator reads talks, or opens one without reason, end and trace',
  run: async (world) => (await run(world)).outcome,
};
