import { type Fault, NotArranged, type Outcome } from './fault.ts';
import type { Ground } from './ground.ts';
import type { Row } from './table.ts';

const wordsOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 600);

/** An attack's means say so too when they could not arrange what they are for. */
const isNotArranged = (error: unknown): boolean =>
  error instanceof NotArranged || wordsOf(error).startsWith('Not arranged');

/** Runs one fault and looks for what was acknowledged meanwhile. Whatever goes wrong becomes a row. */
export async function runFault({ id, title, run }: Fault, ground: Ground): Promise<Row> {
  const begun = performance.now();
  let outcome: Outcome;
  let wasMade = true;
  try {
    outcome = await run(ground);
  } catch (error) {
    wasMade = !isNotArranged(error);
    outcome = { checks: 1, failures: wasMade ? 1 : 0, notes: [wordsOf(error)] };
  }
  const { lost, twice, notes } = await ground.settle();
  const isWell = outcome.failures + lost.length + twice.length === 0 && outcome.checks > 0;
  return {
    id,
    title,
    checks: outcome.checks,
    failures: outcome.failures + twice.length,
    lost: lost.length,
    verdict: wasMade ? (isWell ? 'survived' : 'NOT SURVIVED') : 'not run',
    notes: [...outcome.notes, ...notes],
    seconds: (performance.now() - begun) / 1000,
  };
}

/** Runs faults one after the other. @param told hears of each as soon as it is over */
export async function runFaults(
  faults: readonly Fault[],
  ground: Ground,
  told: (row: Row) => void,
  stop: AbortSignal,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const fault of faults) {
    if (stop.aborted) break;
    const row = await runFault(fault, ground);
    rows.push(row);
    told(row);
  }
  return rows;
}
