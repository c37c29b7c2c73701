import { setTimeout as delay } from 'node:timers/promises';
import { newPair, say } from '../attacks/means/cast.ts';
import { type Fault, Findings } from './fault.ts';
import { patiently } from './means/patience.ts';
import { lookAtShelves } from './means/shelves.ts';
import { parcelFor, pourParcel, sendParcel } from './means/uploading.ts';

const bytes = 3 * 1024 * 1024;
/** Between two pieces of 64 KiB, and the longest that an upload goes on before the API is killed, in milliseconds. */
const pause = 4;
const longest = 300;

/** The API is killed outright at random moments of uploads; each is sent again under the same key afterwards. */
export const killedWhileUploading: Fault = {
  id: 'F13',
  title: 'The API is killed while files are uploaded',
  async run(ground) {
    const findings = new Findings();
    const world = await ground.product();
    const ledger = ground.ledgerOf(world);
    const pair = await newPair(world);
    patiently(pair.patient);
    const rounds = ground.size(50, 5);
    let early = 0;
    let kept = 0;
    for (let round = 0; round < rounds; round += 1) {
      const parcel = parcelFor(pair.talkId, bytes);
      const pouring = pourParcel(world.apiUrl, pair.patient, parcel, pause);
      await delay(((round + Math.random()) / rounds) * longest);
      await ground.crash(world, 'api');
      const acknowledged = await pouring;
      if (acknowledged !== undefined) early += 1;
      const shelves = await lookAtShelves(world);
      findings.holds(shelves.arriving.length === 0, `${shelves.arriving.length} half-written files are left`);
      findings.holds(
        shelves.rowsWithoutFile.length === 0,
        `${shelves.rowsWithoutFile.length} rows without a file`,
      );
      kept = shelves.filesWithoutRow.length;
      const { answer } = await sendParcel(pair.patient, parcel);
      findings.holds(answer?.status === 201, `sent again, the file is answered with ${answer?.status}`);
      if (answer?.status !== 201) continue;
      const { id } = JSON.parse(answer.text) as { id: string };
      findings.holds(
        acknowledged === undefined || acknowledged === id,
        'sent again, an acknowledged file became another one',
      );
      const text = `Here is file ${parcel.key}.`;
      ledger.message(pair, 'patient', await say(pair.patient, pair.talkId, text, [id]), text);
      ledger.file(pair, 'doctor', id, parcel.content);
    }
    findings.note(
      `${rounds} kills, ${early} of them after the file was acknowledged; ${kept} files without a row wait to be removed after a day`,
    );
    return findings.outcome;
  },
};
