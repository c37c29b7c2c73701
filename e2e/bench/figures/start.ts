import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { inheritedEnvironment } from '../settings.ts';
import type { World } from '../world/world.ts';
import { asSeconds, type Figure, type Row } from './figure.ts';

const root = resolve(import.meta.dirname, '../../..');
const longest = 10 * 60_000;

/** Runs the start command until it says that the product is up, then stops it. @returns seconds until it was up */
async function timeStart(checkout: string, world: World): Promise<number> {
  const begun = performance.now();
  const child: ChildProcess = spawn('npx', ['-y', 'pnpm@12', 'start'], {
    cwd: checkout,
    env: inheritedEnvironment(),
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: longest,
  });
  const { pid, stdout } = child;
  if (pid === undefined || !stdout) throw new Error('npx could not be started.');
  world.watchdog.guard(pid, 'SIGINT');
  const gone = once(child, 'exit');
  let seconds: number | undefined;
  const lines = createInterface({ input: stdout });
  for await (const line of lines) {
    world.sink('start', line);
    if (!/CaseTalk is up after/.test(line)) continue;
    seconds = (performance.now() - begun) / 1000;
    break;
  }
  lines.close();
  stdout.resume();
  if (seconds !== undefined) process.kill(-pid, 'SIGINT');
  await gone;
  world.watchdog.release(pid);
  if (seconds === undefined) throw new Error('The start command ended before the product was up.');
  return seconds;
}

/** From the start command to a product that answers: from a fresh clone with nothing installed, and again. */
export const startFigure: Figure = {
  name: 'start',
  heavy: true,
  async measure(world): Promise<Row[]> {
    const checkout = join(world.folder, 'clone');
    await promisify(execFile)('git', ['clone', '--quiet', '--no-hardlinks', root, checkout]);
    world.say('Measuring start, from a fresh clone …');
    const first = await timeStart(checkout, world);
    const later = await timeStart(checkout, world);
    const row = (figure: string, value: number, floor: number, goal: number): Row => ({
      figure,
      value,
      measured: asSeconds(value),
      target: { direction: 'at most', floor, goal, write: asSeconds },
    });
    return [
      row('start to ready, from a fresh clone', first, 300, 90),
      row('start to ready, later', later, 20, 6),
    ];
  },
};
