import { randomUUID } from 'node:crypto';
import { answerOf } from '../support/clinic.ts';
import { type Attack, arranged, Tally } from './attack.ts';
import { join, newCase, say, uploadTo } from './clinic.ts';
import { faceOf } from './means/face.ts';
import { atOnce } from './means/in-parallel.ts';
import { type Answer, dataOf } from './means/wire.ts';
import type { World } from './world.ts';

/** All that colleagues may learn of a file that was shared with them. */
const meant = new Set([
  'id',
  'caseId',
  'name',
  'mediaType',
  'kind',
  'size',
  'scan',
  'preview',
  'pages',
  'addedBy',
  'addedAt',
  'origin',
  'withoutMetadata',
  'abilities',
]);

const canary = 'Tamarind secret of the talk';

async function run(world: World): Promise<Tally> {
  const tally = new Tally();
  const { A, B, S, P1 } = await world.clinic();
  const caseId = await newCase(A, 'Ana Ruiz', B, S);
  const talkId = await join(A, caseId, P1);
  const press = (id: string): Promise<Answer> => A.send('POST', `/v1/attachments/${id}/share`);

  for (let round = 0; round < world.size(50, 5); round += 1) {
    if (round % 20 === 19) await world.passAnHour();
    const file = await uploadTo(P1, talkId, `round-${round}.gif`);
    await say(P1, talkId, `${canary} ${round}`, [file]);
    const answers = await atOnce(20, () => press(file));
    const [counted] = await world.database.rows<{ shares: number; acts: number }>(
      `select (select count(*)::int from case_attachments ca join attachments a on a.file_id = ca.file_id where a.id = $1) as shares,
         (select count(*)::int from audit_events where action = 'attachment.shared' and resource_id = $1) as acts`,
      [file],
    );
    arranged(
      answers.some(({ status }) => status === 200),
      'a file that can be shared',
    );
    const once = counted?.shares === 1 && counted.acts === 1;
    tally.held(once, `20 presses made ${counted?.shares} shares and ${counted?.acts} audit entries`, 20);
  }

  const path = `/v1/cases/${caseId}/attachments`;
  const listed = await S.ask({ path });
  const [first] = (dataOf(listed) as { data: Record<string, unknown>[] }).data;
  arranged(first !== undefined, 'a shared file in the list');
  const extra = Object.keys(first).filter((key) => !meant.has(key));
  tally.held(extra.length === 0, `The list tells ${extra.join(', ')}`);
  tally.held(!listed.text.includes(canary) && !listed.text.includes(talkId), 'The list tells of the talk');

  const { data } = await answerOf(A.client.listMessages({ params: { talkId } }));
  const offered = data.flatMap(({ attachments }) => attachments).filter(({ abilities }) => abilities.share);
  tally.held(offered.length === 0, 'What is shared can be shared again');

  const own = await uploadTo(A, talkId, 'own.gif');
  await say(A, talkId, 'Mine', [own]);
  const waiting = await uploadTo(P1, talkId, 'waiting.gif');
  for (const id of [own, waiting])
    tally.held((await press(id)).status >= 400, 'A file was shared that the patient did not send');

  const shared = `/v1/case-attachments/${String(first['id'])}`;
  const content = `${shared}/content`;
  arranged((await S.ask({ path: content })).status === 200, 'a colleague who can open what is shared');
  await answerOf(A.client.removeCaseMember({ params: { caseId, clinicianId: S.id } }));
  for (const [gone, strange] of [
    [content, `/v1/case-attachments/${randomUUID()}/content`],
    [`${shared}/preview`, `/v1/case-attachments/${randomUUID()}/preview`],
    [path, `/v1/cases/${randomUUID()}/attachments`],
  ] as const) {
    const same = faceOf(await S.ask({ path: gone })) === faceOf(await S.ask({ path: strange }));
    tally.held(same, `${gone} still answers somebody who left the case`);
  }
  return tally;
}

export const t5: Attack = {
  id: 'T5',
  title: 'A share leaks more than the file, is made twice, or outlives membership',
  run: async (world) => (await run(world)).outcome,
};
