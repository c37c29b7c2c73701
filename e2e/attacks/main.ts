import { attacks } from './all.ts';
import { type AttackId, attackIds } from './attack.ts';
import { withGround } from './ground.ts';
import { mutants } from './mutants/all.ts';
import { runMutants, summaryOfFates, tableOfFates } from './mutants/run.ts';
import { type AttackOptions, readOptions, usage } from './options.ts';
import { runAttacks } from './run.ts';
import { summaryOf, tableOf } from './table.ts';
import { openWorld } from './world.ts';

type Ground = Parameters<Parameters<typeof withGround<number>>[1]>[0];

const say = (line: string): void => console.error(line);
const stop = new AbortController();

/** Runs the attacks that are asked for. @returns the exit code: 0 only when every one of them held */
async function attack(asked: readonly AttackId[], fast: boolean, database: Ground): Promise<number> {
  const world = await openWorld({ fast, database, say });
  try {
    const chosen = attacks.filter(({ id }) => asked.includes(id));
    const rows = await runAttacks(chosen, world, (row) => say(`${row.id} ${row.verdict}`), stop.signal);
    const missing = asked.filter((id) => rows.every((row) => row.id !== id));
    console.log(tableOf(rows));
    if (missing.length > 0) console.log(`\nNot run: ${missing.join(', ')}`);
    // The last line is for machines: nothing follows it.
    console.log(`\n${summaryOf(rows, asked.length)}`);
    return missing.length === 0 && rows.every(({ verdict }) => verdict === 'held') ? 0 : 1;
  } finally {
    await world.close();
  }
}

/** Plants the holes that the attacks asked for have to notice. @returns the exit code: 0 only when all were caught */
async function plantHoles(asked: readonly AttackId[], database: Ground): Promise<number> {
  const chosen = mutants.filter((mutant) => asked.includes(mutant.attack));
  const told = ({ attack, verdict, title }: { attack: string; verdict: string; title: string }): void =>
    say(`${attack} ${verdict}: ${title}`);
  const fates = await runMutants(chosen, attacks, database, told, stop.signal);
  console.log(tableOfFates(fates));
  console.log(`\n${summaryOfFates(fates, chosen.length)}`);
  return fates.length === chosen.length && fates.every(({ verdict }) => verdict === 'caught') ? 0 : 1;
}

/** Attacks the product and prints what held; see `usage`. */
async function main({ help, mutants, fast, only }: AttackOptions): Promise<number> {
  if (help) {
    console.log(usage);
    return 0;
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  const asked = attackIds.filter((id) => only.length === 0 || only.includes(id));
  return withGround(say, (database) =>
    mutants ? plantHoles(asked, database) : attack(asked, fast, database),
  );
}

try {
  process.exitCode = await main(readOptions(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof TypeError ? `${error.message}\n\n${usage}` : error);
  process.exitCode = 1;
}
process.exit();
