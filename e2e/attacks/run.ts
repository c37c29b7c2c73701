import { type Attack, Breach } from './attack.ts';
import type { Row } from './table.ts';
import type { World } from './world.ts';

/** Runs one attack. Whatever goes wrong becomes a row: it never keeps the others from being run. */
export async function runAttack({ id, title, run }: Attack, world: World): Promise<Row> {
  const begun = performance.now();
  const row = (rest: Pick<Row, 'tries' | 'successes' | 'verdict' | 'notes'>): Row => ({
    id,
    title,
    ...rest,
    seconds: (performance.now() - begun) / 1000,
  });
  try {
    await world.passAnHour();
    const { tries, successes, notes } = await run(world);
    const verdict = tries === 0 ? 'not run' : successes === 0 ? 'held' : 'NOT HELD';
    return row({ tries, successes, verdict, notes });
  } catch (error) {
    const [words = ''] = String(error instanceof Error ? error.message : error).split('\n');
    const notes = [words.slice(0, 400)];
    return error instanceof Breach
      ? row({ tries: 1, successes: 1, verdict: 'NOT HELD', notes })
      : row({ tries: 0, successes: 0, verdict: 'not run', notes });
  }
}

/** Runs attacks one after the other. @param told hears of each as soon as it is over */
export async function runAttacks(
  attacks: readonly Attack[],
  world: World,
  told: (row: Row) => void,
  stop: AbortSignal,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const attack of attacks) {
    if (stop.aborted) break;
    const row = await runAttack(attack, world);
    rows.push(row);
    told(row);
  }
  return rows;
}
