import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { residentMemory } from '../load/processor-time.ts';
import { inheritedEnvironment } from '../settings.ts';
import { headersOf, readSignedIn, type Seat } from '../world/signed-in.ts';
import { asCount, asKibibytes, type Figure, type Row } from './figure.ts';
import type { HoldStreams } from './stream-holder.ts';

/** Longer than the time between two comments on a stream, which are part of what a stream costs. */
const settleMilliseconds = 30_000;

async function ask(holder: ChildProcess, task: HoldStreams | 'count'): Promise<number> {
  const answer = once(holder, 'message', { signal: AbortSignal.timeout(120_000) });
  holder.send(task);
  const [count] = (await answer) as [number];
  return count;
}

/** Starts a process of its own for the other ends: their memory and descriptors must not count. */
async function hold(
  port: number,
  seats: readonly Seat[],
): Promise<{ holder: ChildProcess; accepted: number }> {
  const holder = fork(join(import.meta.dirname, 'stream-holder.ts'), { env: inheritedEnvironment() });
  const requests = seats.map((seat) => ({ ...headersOf(seat), accept: 'text/event-stream' }));
  return { holder, accepted: await ask(holder, { port, requests }) };
}

async function release(holder: ChildProcess): Promise<void> {
  const gone = once(holder, 'exit');
  holder.disconnect();
  await gone;
}

/** Event streams on which nothing happens: how many stand at once, and what each takes of the API's memory. */
export const streamsFigure: Figure = {
  name: 'streams',
  async measure(world): Promise<Row[]> {
    const wanted = world.options.streams;
    const { url, pid, adminUrl } = await world.product('large');
    const port = Number(new URL(url).port);
    const seats = (await readSignedIn(adminUrl)).sessions(wanted);
    world.say('Measuring streams …');
    // What the first streams of all bring in with them, code above all, belongs to none of them.
    const warmUp = await hold(port, seats.slice(0, Math.ceil(wanted / 20)));
    await release(warmUp.holder);
    await delay(1000);
    const before = (await residentMemory(pid)) ?? Number.NaN;
    const { holder, accepted } = await hold(port, seats);
    await delay(wanted < 1000 ? 500 : settleMilliseconds);
    const after = (await residentMemory(pid)) ?? Number.NaN;
    const standing = await ask(holder, 'count');
    await release(holder);
    const each = (after - before) / Math.max(1, standing);
    return [
      {
        figure: 'idle event streams in one process',
        value: Math.min(accepted, standing),
        measured: `${asCount(standing)} of ${asCount(wanted)} stood`,
        target: { direction: 'at least', floor: 10_000, goal: 15_000, write: asCount },
      },
      {
        figure: '  memory each',
        value: each,
        measured: asKibibytes(each),
        target: { direction: 'at most', floor: 25 * 1024, goal: 18 * 1024, write: asKibibytes },
      },
    ];
  },
};
