import { utimes } from 'node:fs/promises';
import { newPair, say } from '../attacks/means/cast.ts';
import { comesTrue } from '../attacks/means/target.ts';
import { arranged, type Fault, Findings } from './fault.ts';
import { hold } from './means/holding.ts';
import { patiently } from './means/patience.ts';
import { lookAtShelves } from './means/shelves.ts';
import { parcelFor, pourParcel, sendParcel } from './means/uploading.ts';

/** The API is killed when a file's bytes are whole and its row is not written: whoever holds the table keeps it there. */
export const killedBeforeTheRow: Fault = {
  id: 'F14',
  title: 'The API is killed between a file’s bytes and its row',
  async run(ground) {
    const findings = new Findings();
    const world = await ground.further();
    const ledger = ground.ledgerOf(world);
    const pair = await newPair(world);
    patiently(pair.patient);
    const rounds = ground.size(5, 2);
    for (let round = 0; round < rounds; round += 1) {
      const parcel = parcelFor(pair.talkId, 256 * 1024);
      const other = await hold(world.ownerUrl, 'lock table attachments in share row exclusive mode');
      ground.undo(other.release);
      const before = (await lookAtShelves(world)).whole.size;
      const pouring = pourParcel(world.apiUrl, pair.patient, parcel, 0);
      const isBetween = await comesTrue(
        async () =>
          (await world.database.count(
            `select count(*) from pg_locks where relation = 'attachments'::regclass and not granted`,
          )) > 0 && (await lookAtShelves(world)).whole.size > before,
        5000,
        20,
      );
      arranged(isBetween, 'a file whose row is about to be written');
      await ground.crash(world, 'api', other.release);
      arranged((await pouring) === undefined, 'an upload that was not acknowledged');
      const shelves = await lookAtShelves(world);
      findings.holds(shelves.rowsWithoutFile.length === 0, 'there is a row without a file');
      findings.holds(
        shelves.filesWithoutRow.length === round + 1,
        `${shelves.filesWithoutRow.length} files without a row, not ${round + 1}`,
      );
      const { answer } = await sendParcel(pair.patient, parcel);
      findings.holds(answer?.status === 201, `sent again, the file is answered with ${answer?.status}`);
      if (answer?.status !== 201) continue;
      const { id } = JSON.parse(answer.text) as { id: string };
      const text = `Here is file ${parcel.key}.`;
      ledger.message(pair, 'patient', await say(pair.patient, pair.talkId, text, [id]), text);
      ledger.file(pair, 'doctor', id, parcel.content);
    }
    // A day goes by for all but one of the orphans, and for every file that is somebody's.
    const { whole, filesWithoutRow } = await lookAtShelves(world);
    const [young, ...old] = filesWithoutRow;
    const yesterday = new Date(Date.now() - 25 * 3_600_000);
    for (const [id, path] of whole) if (id !== young) await utimes(path, yesterday, yesterday);
    await world.stack.restartApi();
    const areGone = await comesTrue(
      async () => (await lookAtShelves(world)).filesWithoutRow.length === 1,
      30_000,
      500,
    );
    const after = await lookAtShelves(world);
    findings.holds(
      areGone,
      `${after.filesWithoutRow.length - 1} of ${old.length} files of nobody are left after a day`,
    );
    findings.holds(
      after.filesWithoutRow[0] === young,
      'a file of nobody was removed before its day was over',
    );
    findings.holds(after.rowsWithoutFile.length === 0, 'a file of somebody was removed');
    findings.note(
      `${rounds} kills; ${old.length} files without a row removed after a day, the young one kept`,
    );
    return findings.outcome;
  },
};
