import { answerOf } from '../support/clinic.ts';
import { type Attack, arranged, Tally } from './attack.ts';
import { enterClinician, fillTalk, join, newCase } from './clinic.ts';
import { eavesdrop } from './means/eavesdropper.ts';
import { comesTrue } from './means/target.ts';
import { freshNetwork } from './means/wire.ts';
import type { World } from './world.ts';

/** Access has to be gone within this time, in milliseconds. */
const patience = 1000;

async function run(world: World): Promise<Tally> {
  const tally = new Tally();
  const { B, P1, M } = await world.clinic();
  const A = await enterClinician(world, 'A');
  const caseId = await newCase(A, 'Ana Ruiz', B);
  const talkId = await join(A, caseId, P1);
  const records = await fillTalk(A, P1, talkId);
  const paths = [
    `/v1/cases/${caseId}`,
    `/v1/cases/${caseId}/attachments`,
    `/v1/cases/${caseId}/doctor-talk/messages`,
    `/v1/case-attachments/${records.caseAttachmentId}/content`,
    `/v1/talks/${talkId}/messages`,
    `/v1/attachments/${records.sentFile}/content`,
  ];
  const ask = async (path: string): Promise<number> =>
    (await A.ask({ path, headers: freshNetwork() })).status;
  const endsSoon = async (act: () => Promise<unknown>, refused: number, how: string): Promise<void> => {
    // Asked a moment ago, so that whatever is remembered of the session is fresh.
    for (const path of paths) await ask(path);
    await act();
    for (const path of paths) {
      const gone = await comesTrue(async () => (await ask(path)) === refused, patience);
      tally.held(gone, `${how}, A still reads ${path}`);
    }
  };
  for (const path of paths) arranged((await ask(path)) === 200, `${path} for A`);

  const removedEar = await eavesdrop(world, A);
  await endsSoon(
    () => answerOf(B.client.removeCaseMember({ params: { caseId, clinicianId: A.id } })),
    404,
    'Removed from the case',
  );
  const word = await answerOf(
    B.client.sendDoctorTalkMessage({ params: { caseId }, body: { text: 'Without A.' } }),
  );
  const witness = await eavesdrop(world, M);
  await answerOf(
    B.client.updateCase({ params: { caseId }, body: { title: 'Changed' } }, { ifMatch: 1 }),
  ).catch(() => undefined);
  await comesTrue(() => witness.heard(caseId), 1000);
  tally.held(!removedEar.heard('doctorTalk.message'), `A heard of message ${word.id} after leaving the case`);
  removedEar.close();
  witness.close();

  await answerOf(B.client.addCaseMember({ params: { caseId, clinicianId: A.id } }));
  arranged(await comesTrue(async () => (await ask(paths[0] ?? '')) === 200, 2000), 'A is back on the case');
  const ear = await eavesdrop(world, A);
  try {
    await endsSoon(
      () => world.database.rows('update clinicians set disabled_at = now() where id = $1', [A.id]),
      401,
      'With a disabled account',
    );
    tally.held(
      await comesTrue(() => ear.isOver, patience),
      'The event stream of a disabled account stays open',
    );
  } finally {
    await world.database.rows('update clinicians set disabled_at = null where id = $1', [A.id]);
    ear.close();
  }
  return tally;
}

export const t6: Attack = {
  id: 'T6',
  title: 'Who was removed or disabled keeps access: session, stream, download',
  // Runs with a product of its own: the accounts of the others must not be disabled beneath them.
  run: async (world) => {
    const own = await world.another({});
    try {
      return (await run(own)).outcome;
    } finally {
      await own.close();
    }
  },
};
