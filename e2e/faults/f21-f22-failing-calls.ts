import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { newPair, type Pair, say } from '../attacks/means/cast.ts';
import { atOnce } from '../attacks/means/in-parallel.ts';
import type { World } from '../attacks/world.ts';
import { arranged, type Fault, Findings } from './fault.ts';
import type { Ground } from './ground.ts';
import { lookAtShelves } from './means/shelves.ts';
import { requireTool } from './means/tools.ts';
import { injectInto } from './means/tracing.ts';
import { parcelFor, sendParcel } from './means/uploading.ts';
import { tryOnce } from './means/traffic.ts';

const run = promisify(execFile);

/** Uploads while calls fail, and looks that nothing of it is acknowledged or left. @returns the statuses of the refusals */
async function uploadWhileFailing(
  { ground, world, pair, findings }: { ground: Ground; world: World; pair: Pair; findings: Findings },
  injection: string,
): Promise<string> {
  const before = await lookAtShelves(world);
  const stop = await injectInto(ground, world.stack.parts.api.pid, injection);
  const parcels = Array.from({ length: ground.size(5, 2) }, () => parcelFor(pair.talkId, 2 * 1024 * 1024));
  const statuses: number[] = [];
  for (const parcel of parcels) {
    const { answer } = await sendParcel(pair.patient, parcel);
    statuses.push(answer?.status ?? 0);
    findings.holds(
      answer !== undefined && answer.status >= 500,
      `${injection}: an upload is answered with ${answer?.status ?? 'nothing'}`,
    );
  }
  const text = `Meanwhile, ${randomUUID()}.`;
  ground.ledgerOf(world).message(pair, 'patient', await say(pair.patient, pair.talkId, text), text);
  const failed = await stop();
  arranged(failed > 0, `calls that fail by ${injection}`);
  const { whole, arriving, rowsWithoutFile } = await lookAtShelves(world);
  findings.holds(arriving.length === 0, `${injection}: ${arriving.length} half-written files are left`);
  findings.holds(rowsWithoutFile.length === 0, `${injection}: a refused file has a row`);
  findings.holds(whole.size === before.whole.size, `${injection}: a refused file is kept`);
  const [parcel] = parcels;
  if (parcel) {
    const { answer } = await sendParcel(pair.patient, parcel);
    findings.holds(
      answer?.status === 201,
      `${injection} over, the upload is answered with ${answer?.status}`,
    );
    if (answer?.status === 201) {
      const { id } = JSON.parse(answer.text) as { id: string };
      const words = `Here is file ${parcel.key}.`;
      ground
        .ledgerOf(world)
        .message(pair, 'patient', await say(pair.patient, pair.talkId, words, [id]), words);
      ground.ledgerOf(world).file(pair, 'doctor', id, parcel.content);
    }
  }
  return `${injection}: ${failed} calls failed, uploads got ${[...new Set(statuses)].join(', ')}`;
}

/** Files are written in batches of several pieces; `write` alone is how threads wake each other. */
const writes = 'writev,pwritev,pwrite64';

/** Single system calls fail: writing to the disk, opening a file, accepting a connection. */
export const failingCalls: Fault = {
  id: 'F21',
  title: 'ENOSPC, EIO and EMFILE of single system calls',
  async run(ground) {
    const findings = new Findings();
    const world = await ground.further();
    const ledger = ground.ledgerOf(world);
    const pair = await newPair(world);
    const { pid } = world.stack.parts.api;
    const means = { ground, world, pair, findings };
    for (const error of ['EIO', 'ENOSPC'])
      findings.note(await uploadWhileFailing(means, `${writes}:error=${error}`));

    // No file and no connection more than there are now.
    const prlimit = await requireTool('util-linux', ['/usr/bin/prlimit']);
    const limit = async (most: number | string): Promise<void> => {
      await run(prlimit, ['--pid', String(pid), `--nofile=${most}:`]);
    };
    const { stdout } = await run(prlimit, [
      '--pid',
      String(pid),
      '--nofile',
      '--output',
      'SOFT',
      '--noheadings',
    ]);
    ground.undo(() => limit(stdout.trim()));
    await limit(8);
    const statuses: (number | 'cut')[] = [];
    for (let upload = 0; upload < ground.size(5, 2); upload += 1) {
      const { answer } = await sendParcel(pair.patient, parcelFor(pair.talkId, 4000));
      statuses.push(answer?.status ?? 'cut');
      findings.holds(
        answer === undefined || answer.status >= 500,
        `an upload without a descriptor is answered with ${answer?.status}`,
      );
    }
    const newcomers = await atOnce(20, () =>
      fetch(`${world.apiUrl}/v1/terms`, { signal: AbortSignal.timeout(3000) }).then(
        async (answer) => {
          await answer.body?.cancel();
          return answer.status;
        },
        () => 'cut',
      ),
    );
    await limit(stdout.trim());
    arranged(newcomers.includes('cut'), 'a process without descriptors');
    const after = await tryOnce(pair.doctor, { path: `/v1/talks/${pair.talkId}/messages` });
    findings.holds(
      after.answer?.status === 200,
      `afterwards reading is answered with ${after.answer?.status}`,
    );
    const text = `Afterwards, ${randomUUID()}.`;
    ledger.message(pair, 'patient', await say(pair.patient, pair.talkId, text), text);
    findings.note(
      `EMFILE: uploads got ${[...new Set(statuses)].join(', ')}, newcomers ${[...new Set(newcomers)].join(', ')}`,
    );
    findings.holds(world.stack.parts.api.pid === pid, 'the API’s process ended');
    return findings.outcome;
  },
};

/** The disk says that it could not keep what it had taken. */
export const failingFlush: Fault = {
  id: 'F22',
  title: 'fsync fails',
  async run(ground) {
    const findings = new Findings();
    const world = await ground.further();
    const pair = await newPair(world);
    const { pid } = world.stack.parts.api;
    const means = { ground, world, pair, findings };
    findings.note(await uploadWhileFailing(means, 'fsync,fdatasync:error=EIO'));
    findings.holds(world.stack.parts.api.pid === pid, 'the API’s process ended');
    return findings.outcome;
  },
};
