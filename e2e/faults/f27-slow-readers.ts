import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { upload } from '../attacks/means/caller.ts';
import { newPair, type Pair, say } from '../attacks/means/cast.ts';
import { contents } from '../attacks/means/contents.ts';
import { apiProcess, growthOf, mebibytes } from '../attacks/means/memory.ts';
import { percentile } from '../attacks/means/statistics.ts';
import { comesTrue } from '../attacks/means/target.ts';
import { ask, dataOf } from '../attacks/means/wire.ts';
import type { World } from '../attacks/world.ts';
import { arranged, type Fault, Findings } from './fault.ts';

/** Whatever they asked for, the API holds a few chunks for each of them. */
const largestGrowth = 150 * 1024 ** 2;
/** Sixty seconds without a byte, and a moment to notice. */
const closedWithin = 75_000;

interface Reader {
  readonly stop: () => void;
  readonly taken: () => number;
  /** The port of the reader's end. */
  readonly port: () => number | undefined;
}

/**
 * The readers' ports whose connections the API still has. Whoever does not read is not told of the end: it stands behind
 * what was not read.
 */
async function heldPorts(apiPort: number): Promise<Set<number>> {
  const table = await readFile('/proc/net/tcp', 'utf8');
  const held = new Set<number>();
  for (const line of table.split('\n').slice(1)) {
    const [, local = '', remote = '', state] = line.trim().split(/\s+/);
    const isEstablished = state === '01';
    if (isEstablished && portIn(local) === apiPort) held.add(portIn(remote));
  }
  return held;
}

const portIn = (address: string): number => Number.parseInt(address.split(':')[1] ?? '', 16);

/** Downloads, and takes so many bytes each second; none at all when zero. */
function readSlowly({ apiUrl }: World, { doctor }: Pair, id: string, bytesPerSecond: number): Reader {
  const agent = new Agent({ keepAlive: false });
  let taken = 0;
  let port: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  const outgoing = request(
    `${apiUrl}/v1/attachments/${id}/content`,
    { agent, headers: doctor.headers() },
    (response) => {
      response.pause();
      response.on('error', () => undefined);
      if (bytesPerSecond === 0) return;
      // A stream holds no more than 64 KiB ready at a time.
      timer = setInterval(() => {
        for (let wanted = bytesPerSecond / 10; wanted > 0; ) {
          const part = response.read(Math.min(wanted, response.readableLength)) as Buffer | null;
          if (part === null || part.length === 0) break;
          wanted -= part.length;
          taken += part.length;
        }
      }, 100);
    },
  );
  outgoing.on('socket', (socket) => socket.on('connect', () => (port = socket.localPort)));
  outgoing.on('error', () => undefined);
  outgoing.end();
  return {
    taken: () => taken,
    port: () => port,
    stop() {
      clearInterval(timer);
      outgoing.destroy();
      agent.destroy();
    },
  };
}

async function sendLongFile({ patient, talkId }: Pair, bytes: number): Promise<string> {
  const content = Buffer.concat([contents.zip, randomBytes(1_000_000), Buffer.alloc(bytes)]);
  const taken = await upload(patient, `/v1/talks/${talkId}/uploads`, { name: 'export.zip', content });
  const { id } = dataOf(taken) as { id: string };
  await say(patient, talkId, '', [id]);
  return id;
}

/** Whoever asks for a file and does not take it costs a bounded share of memory, for a minute. */
export const slowReaders: Fault = {
  id: 'F27',
  title: 'Readers who ask for a file and do not take it',
  async run(ground) {
    const findings = new Findings();
    const world = await ground.further();
    const pair = await newPair(world.target);
    const id = await sendLongFile(pair, 100_000_000);
    const whole = await ask(world.apiUrl, {
      path: `/v1/attachments/${id}/content`,
      headers: pair.doctor.headers(),
    });
    arranged(whole.status === 200, 'a file that can be downloaded');
    const pid = await apiProcess(world.apiUrl);
    const count = ground.size(100, 25);
    const readers: Reader[] = [];
    const latencies: number[] = [];
    // Slow, and reading all the time: a phone at the edge of its network.
    const steady = readSlowly(world, pair, id, 400_000);
    const apiPort = Number(new URL(world.apiUrl).port);
    const cutAfter = new Map<Reader, number>();
    let isSteadyHeld = false;
    const growth = await growthOf(pid, async () => {
      const begun = performance.now();
      for (let made = 0; made < count; made += 1) readers.push(readSlowly(world, pair, id, 0));
      await comesTrue(
        async () => {
          const headers = pair.patient.headers();
          const { took, status } = await ask(world.apiUrl, { path: '/v1/me', headers });
          findings.holds(status === 200, `somebody else was answered with ${status}`);
          latencies.push(took);
          const held = await heldPorts(apiPort);
          for (const reader of readers) {
            const port = reader.port();
            if (port === undefined || held.has(port) || cutAfter.has(reader)) continue;
            cutAfter.set(reader, performance.now() - begun);
          }
          isSteadyHeld = held.has(steady.port() ?? 0);
          return cutAfter.size === count;
        },
        closedWithin + 5000,
        100,
      );
    });
    const ends = [...cutAfter.values()];
    const inTime = ends.filter((at) => at <= closedWithin).length;
    findings.holds(inTime === count, `${count - inTime} of ${count} idle readers are still connected`);
    findings.holds(Math.min(...ends) > 55_000, 'a reader was cut before a minute was over');
    findings.holds(growth < largestGrowth, `the API grew by ${mebibytes(growth)}`);
    findings.holds(isSteadyHeld, 'a slow reader who goes on reading was cut');
    findings.holds(steady.taken() > 5_000_000, `a slow reader got ${steady.taken()} bytes`);
    const p99 = percentile(latencies, 99);
    findings.holds(p99 < 100, `others’ p99 was ${p99.toFixed(0)} ms`);
    for (const reader of [...readers, steady]) reader.stop();
    findings.note(
      `${count} readers of 100 MB: cut after ${(Math.max(...ends) / 1000).toFixed(0)} s at the latest, the API grew by ` +
        `${mebibytes(Math.max(0, growth))}; one who reads 400 kB a second is not cut; others’ p99 ${p99.toFixed(0)} ms`,
    );
    return findings.outcome;
  },
};
