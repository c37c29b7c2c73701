import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { newPair, say } from '../attacks/means/cast.ts';
import { codeOf } from '../attacks/means/wire.ts';
import { arranged, type Fault, Findings } from './fault.ts';
import { lookAtShelves } from './means/shelves.ts';
import { parcelFor, sendParcel } from './means/uploading.ts';
import { mountVolume } from './means/volume.ts';

/** The volume that files are kept on has 64 MB, and fills up. */
export const fullUploadVolume: Fault = {
  id: 'F17',
  title: 'The volume of the uploads is full',
  async run(ground) {
    const findings = new Findings();
    const dataDir = await ground.folder();
    await mountVolume(ground, join(dataDir, 'files'), 64);
    const world = await ground.further({ dataDir });
    const ledger = ground.ledgerOf(world);
    const pair = await newPair(world);
    const { patient, doctor, talkId } = pair;
    const send = async (text: string, files: readonly string[] = []): Promise<void> =>
      ledger.message(pair, 'patient', await say(patient, talkId, text, files), text);

    let kept = 0;
    let refusals = 0;
    let mine: string | undefined;
    for (let file = 0; file < 30 && refusals < 5; file += 1) {
      const parcel = parcelFor(talkId, 8 * 1024 * 1024);
      const { answer } = await sendParcel(patient, parcel);
      if (answer?.status === 201) {
        const { id } = JSON.parse(answer.text) as { id: string };
        kept += 1;
        // The first one waits to be sent: it can be removed to make room.
        if (mine === undefined) mine = id;
        else {
          await send(`File ${id}.`, [id]);
          ledger.file(pair, 'doctor', id, parcel.content);
        }
        continue;
      }
      refusals += 1;
      findings.holds(
        answer?.status === 507 && codeOf(answer) === 'storage-full',
        `a file without room is answered with ${answer?.status} ${answer && codeOf(answer)}`,
      );
      const { arriving, rowsWithoutFile, filesWithoutRow } = await lookAtShelves(world);
      findings.holds(arriving.length + filesWithoutRow.length === 0, 'a part of a refused file is left');
      findings.holds(rowsWithoutFile.length === 0, 'a refused file has a row');
      await send(`There was no room, ${randomUUID()}.`);
    }
    arranged(kept > 1 && refusals > 0, 'a volume that fills up');
    findings.holds(
      (await doctor.ask({ path: `/v1/talks/${talkId}/messages` })).status === 200,
      'the talk cannot be read',
    );
    const removed = await patient.send('DELETE', `/v1/attachments/${mine}`);
    findings.holds(removed.status === 204, `making room is answered with ${removed.status}`);
    const after = await sendParcel(patient, parcelFor(talkId, 4 * 1024 * 1024));
    findings.holds(
      after.answer?.status === 201,
      `with room again, a file is answered with ${after.answer?.status}`,
    );
    findings.note(`${kept} files of 8 MiB kept on 64 MiB, then ${refusals} × 507; messages went on`);
    return findings.outcome;
  },
};
