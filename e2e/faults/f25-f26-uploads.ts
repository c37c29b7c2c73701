import { setTimeout as delay } from 'node:timers/promises';
import { limits } from '@casetalk/contract';
import { newPair, type Pair, say } from '../attacks/means/cast.ts';
import { contents } from '../attacks/means/contents.ts';
import { apiProcess, growthOf, mebibytes } from '../attacks/means/memory.ts';
import { filePart, openPour, pour, type Poured, repeated, uploadHeaders } from '../attacks/means/pour.ts';
import { percentile } from '../attacks/means/statistics.ts';
import { comesTrue } from '../attacks/means/target.ts';
import { ask } from '../attacks/means/wire.ts';
import type { World } from '../attacks/world.ts';
import { arranged, type Fault, Findings } from './fault.ts';
import { storedBytes } from './means/stored-bytes.ts';
import { pairsOf } from './means/traffic.ts';

const gigabyte = 1000 ** 3;
const largestGrowth = 150 * 1024 ** 2;
const zeros = Buffer.alloc(256 * 1024);
const newBoundary = (): string => `b${crypto.randomUUID()}`;

function* tooLong(boundary: string): Generator<Buffer> {
  yield filePart(boundary);
  yield contents.zip;
  yield* repeated(zeros, gigabyte);
  yield Buffer.from(`\r\n--${boundary}--\r\n`);
}

/** Sends a gigabyte in one request. @param saysSo whether its head says how long it is */
function sendTooMuch({ apiUrl }: World, { patient, talkId }: Pair, saysSo: boolean): Promise<Poured> {
  const boundary = newBoundary();
  const headers = {
    ...uploadHeaders(boundary, patient.headers()),
    ...(saysSo ? { 'content-length': String(gigabyte) } : {}),
  };
  return pour(apiUrl, `/v1/talks/${talkId}/uploads`, headers, tooLong(boundary));
}

/** Files that are too long are refused as soon as that is known, and cost neither memory nor room. */
export const tooLongFiles: Fault = {
  id: 'F25',
  title: 'Twenty uploads of a gigabyte at once',
  async run(ground) {
    const findings = new Findings();
    const world = await ground.further();
    const clients = ground.size(20, 3);
    const pairs = await pairsOf(ground.size(5, 1), () => newPair(world.target));
    const [first] = pairs;
    arranged(first !== undefined, 'somebody who uploads');
    const before = await storedBytes(world.filesDir);
    const pid = await apiProcess(world.apiUrl);
    for (const saysSo of [true, false]) {
      let poured: Poured[] = [];
      const begun = Date.now();
      const growth = await growthOf(pid, async () => {
        poured = await Promise.all(
          Array.from({ length: clients }, (_, index) =>
            sendTooMuch(world, pairs[index % pairs.length] ?? first, saysSo),
          ),
        );
      });
      const statuses = poured.map(({ status }) => status);
      findings.holds(
        statuses.every((status) => status === 413),
        `a gigabyte was answered with ${[...new Set(statuses)].join(', ')}`,
      );
      const most = Math.max(...poured.map(({ sent }) => sent));
      findings.holds(
        most < (saysSo ? 32_000_000 : limits.fileSize + 64_000_000),
        `${most} bytes were taken before the refusal`,
      );
      findings.holds(growth < largestGrowth, `the API grew by ${mebibytes(growth)}`);
      findings.note(
        `${clients} × 1 GB ${saysSo ? 'that say so' : 'that do not'}: 413 after ${Math.round(most / 1e6)} MB at most and ` +
          `${((Date.now() - begun) / 1000).toFixed(1)} s, the API grew by ${mebibytes(Math.max(0, growth))}`,
      );
    }
    const isEmpty = await comesTrue(async () => (await storedBytes(world.filesDir)) === before, 60_000, 200);
    findings.holds(isEmpty, 'what was refused is still on the disk after a minute');
    await say(first.patient, first.talkId, 'Still here.');
    return findings.outcome;
  },
};

const closedWithin = 65_000;
const healthy = 100;

/** Uploads of one byte a second. @returns when each was closed, in milliseconds, or undefined */
async function drip(world: World, pairs: readonly Pair[], count: number) {
  const begun = performance.now();
  const closed: (number | undefined)[] = Array.from({ length: count });
  const vessels = Array.from({ length: count }, (_, index) => {
    const { patient, talkId } = pairs[index % pairs.length] as Pair;
    const boundary = newBoundary();
    const headers = uploadHeaders(boundary, patient.headers());
    const vessel = openPour(world.apiUrl, `/v1/talks/${talkId}/uploads`, headers);
    vessel.request.on('close', () => (closed[index] = performance.now() - begun));
    void vessel.write(filePart(boundary)).then(() => vessel.write(contents.zip));
    return vessel;
  });
  const byte = Buffer.from('z');
  const dripping = setInterval(() => {
    for (const { request } of vessels) if (!request.destroyed) request.write(byte);
  }, 1000);
  return {
    closed,
    stop() {
      clearInterval(dripping);
      for (const { request } of vessels) request.destroy();
    },
  };
}

/** A slow line is no attack: above the floor an upload is taken, however long it lasts. */
async function sendSteadily({ apiUrl }: World, { patient, talkId }: Pair, seconds: number): Promise<number> {
  const boundary = newBoundary();
  const vessel = openPour(apiUrl, `/v1/talks/${talkId}/uploads`, uploadHeaders(boundary, patient.headers()));
  await vessel.write(filePart(boundary));
  await vessel.write(contents.zip);
  for (let second = 0; second < seconds; second += 1) {
    await vessel.write(Buffer.alloc(24 * 1024));
    await delay(1000);
  }
  vessel.request.end(`\r\n--${boundary}--\r\n`);
  return (await vessel.answered)?.status ?? 0;
}

/** Uploads that come drop by drop are let go of, and meanwhile cost nobody else anything. */
export const slowUploads: Fault = {
  id: 'F26',
  title: 'Five hundred uploads of a byte a second',
  async run(ground) {
    const findings = new Findings();
    const world = await ground.further();
    const count = ground.size(500, 60);
    const pairs = [];
    // A person may begin so many uploads in a minute.
    for (let made = 0; made < Math.ceil(count / 100); made += 1) pairs.push(await newPair(world.target));
    const other = await newPair(world.target);
    const steady = sendSteadily(world, await newPair(world.target), ground.size(70, 35));
    const { closed, stop } = await drip(world, pairs, count);
    const latencies: number[] = [];
    await comesTrue(
      async () => {
        const { took, status } = await ask(world.apiUrl, {
          path: '/v1/me',
          headers: other.patient.headers(),
        });
        findings.holds(status === 200, `somebody else was answered with ${status}`);
        latencies.push(took);
        return closed.every((at) => at !== undefined);
      },
      closedWithin + 5000,
      100,
    );
    stop();
    const late = closed.filter((at = Number.POSITIVE_INFINITY) => at > closedWithin);
    findings.holds(late.length === 0, `${late.length} of ${count} slow uploads are open after a minute`);
    const p99 = percentile(latencies, 99);
    findings.holds(p99 < healthy, `others’ p99 was ${p99.toFixed(0)} ms`);
    const status = await steady;
    findings.holds(status === 201, `an upload above the floor was answered with ${status}`);
    const longest = Math.max(...closed.map((at = closedWithin) => at)) / 1000;
    findings.note(
      `${count} let go of within ${longest.toFixed(1)} s; others’ p99 ${p99.toFixed(0)} ms; 24 KiB a second is taken`,
    );
    return findings.outcome;
  },
};
