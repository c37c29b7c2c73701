import { attackIds } from './attack.ts';
import { attacks } from './all.ts';
import { withGround } from './ground.ts';
import { readOptions, usage } from './options.ts';
import { runAttacks } from './run.ts';
import { summaryOf, tableOf } from './table.ts';
import { openWorld } from './world.ts';

/** Attacks the product and prints what held; see `usage`. The exit code is 0 only when everything did. */
async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    console.log(usage);
    return 0;
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  const say = (line: string): void => console.error(line);
  const asked = attackIds.filter((id) => options.only.length === 0 || options.only.includes(id));
  return withGround(say, async (database) => {
    const world = await openWorld({ fast: options.fast, database, say });
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
  });
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof TypeError ? `${error.message}\n\n${usage}` : error);
  process.exitCode = 1;
}
process.exit();
