import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { newPair, say } from '../attacks/means/cast.ts';
import { comesTrue } from '../attacks/means/target.ts';
import type { World } from '../attacks/world.ts';
import { arranged, type Fault, Findings } from './fault.ts';
import { pairsOf, startTraffic, tryOnce } from './means/traffic.ts';

const isReady = ({ apiUrl }: World): Promise<boolean> =>
  fetch(`${apiUrl}/readyz`).then(
    async (answer) => {
      await answer.body?.cancel();
      return answer.ok;
    },
    () => false,
  );

/** Megabytes. With 128, sixty readers of 2 MB are served to the end; with 64 little more than the start fits. */
const heapLimit = 72;

/** The API has too little heap for what it is asked; then the system takes its memory by `kill -9`. */
export const outOfMemory: Fault = {
  id: 'F34',
  title: 'The API’s memory runs out',
  async run(ground) {
    const findings = new Findings();
    const world = await ground.further({
      settings: { NODE_OPTIONS: `--max-old-space-size=${heapLimit}`, DATABASE_POOL_SIZE: '60' },
    });
    const { api } = world.stack.parts;
    const pairs = await pairsOf(3, () => newPair(world));
    const [reader] = pairs;
    if (!reader) throw new Error('There is nobody.');
    const page = 'The pain comes and goes with the weather. '.repeat(470);
    for (let message = 0; message < 100; message += 1)
      await say(reader.patient, reader.talkId, `${page} ${message}`);

    const traffic = startTraffic({ ledger: ground.ledgerOf(world), pairs, pause: 80 });
    const deaths: number[] = [];
    let hasEnded = false;
    let isOver = false;
    /** Watches for processes that end, and how long nobody serves then. */
    const watching = (async () => {
      let known = api.pid;
      while (!isOver) {
        const isAlive = await readFile(`/proc/${known}/stat`).then(
          () => true,
          () => false,
        );
        if (!isAlive) {
          const died = performance.now();
          hasEnded = true;
          await comesTrue(async () => (await isReady(world)) && api.pid !== known, 30_000, 20);
          deaths.push((performance.now() - died) / 1000);
          known = api.pid;
        }
        await delay(20);
      }
    })();
    const until = performance.now() + 20_000;
    const path = `/v1/talks/${reader.talkId}/messages?limit=100`;
    let pages = 0;
    const readOn = async (): Promise<void> => {
      while (performance.now() < until && !hasEnded) {
        const { answer } = await tryOnce(reader.doctor, { path });
        if (answer?.status === 200) pages += 1;
        else await delay(50);
      }
    };
    await Promise.all(Array.from({ length: 60 }, readOn));
    await comesTrue(() => deaths.length > 0 || !hasEnded, 30_000, 20);
    const byHeap = deaths.length;
    arranged(byHeap > 0, 'an end by the heap’s limit');
    // Each end within a minute makes the supervisor wait longer: a third one would be another fault, a loop of failures.
    for (let kill = byHeap; kill < 3; kill += 1) {
      const known = deaths.length;
      ground.strike(world, 'api');
      await comesTrue(() => deaths.length > known, 30_000, 20);
      await delay(500);
    }
    isOver = true;
    await watching;
    const seen = await traffic.stop();
    const slowest = Math.max(...deaths);
    findings.holds(slowest < 5, `it took ${slowest.toFixed(1)} s until the API served again`);
    findings.holds(seen.rude.length === 0, `answers other than "later": ${seen.rude.join(' | ')}`);
    findings.note(
      `${pages} pages of 2 MB read with ${heapLimit} MB of heap: ${byHeap} ends by the heap's limit, ${deaths.length - byHeap} by kill -9; served again after at most ${slowest.toFixed(1)} s`,
    );
    findings.note(seen.words);
    return findings.outcome;
  },
};
