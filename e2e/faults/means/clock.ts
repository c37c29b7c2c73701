import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { comesTrue } from '../../attacks/means/target.ts';
import type { World } from '../../attacks/world.ts';
import { arranged } from '../fault.ts';
import type { Ground } from '../ground.ts';
import { requireTool } from './tools.ts';

/** A product whose API and worker believe in another time than PostgreSQL and everybody else. */
export interface Clock {
  readonly world: World;
  /** Sets their clock, while they run. @param seconds how far it is ahead; behind when negative */
  readonly jump: (seconds: number) => Promise<void>;
}

/** How far the API's clock is ahead, in seconds, by what it writes into its answers. */
async function ahead({ apiUrl }: World): Promise<number> {
  const answer = await fetch(`${apiUrl}/livez`);
  await answer.body?.cancel();
  return (Date.parse(answer.headers.get('date') ?? '') - Date.now()) / 1000;
}

/** @throws NotArranged where libfaketime is missing and cannot be installed */
export async function openClock(ground: Ground): Promise<Clock> {
  const names = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].flatMap((machine) =>
    ['libfaketimeMT.so.1', 'libfaketime.so.1'].map((name) => `/usr/lib/${machine}/faketime/${name}`),
  );
  const library = await requireTool('libfaketime', names);
  const file = join(await ground.folder(), 'clock');
  await writeFile(file, '+0\n');
  const world = await ground.further({
    settings: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_CACHE_DURATION: '1',
      // What the clock on the wall says jumps; how much time goes by does not.
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      NO_FAKE_STAT: '1',
    },
  });
  return {
    world,
    async jump(seconds) {
      await writeFile(file, `${seconds < 0 ? '' : '+'}${seconds}\n`);
      const hasJumped = await comesTrue(
        async () => Math.abs((await ahead(world)) - seconds) < 30,
        10_000,
        200,
      );
      arranged(hasJumped, `a clock that is ${seconds} s ahead, not ${Math.round(await ahead(world))} s`);
    },
  };
}
