import { faults } from './all.ts';
import { faultIds } from './fault.ts';
import { openGround } from './ground.ts';
import { type FaultOptions, readOptions, usage } from './options.ts';
import { runFaults } from './run.ts';
import { type Row, summaryOf, tableOf } from './table.ts';

const say = (line: string): void => console.error(line);
const stop = new AbortController();

/** One line as soon as a fault is over; what was wrong is not kept until the end, which may be an hour away. */
const told = ({ id, verdict, notes }: Row): void =>
  say(verdict === 'survived' ? `${id} ${verdict}` : `${id} ${verdict}: ${notes.join('; ')}`);

/** Breaks what is asked for and prints what was survived; see `usage`. @returns the exit code: 0 only when all was */
async function main({ help, fast, only }: FaultOptions): Promise<number> {
  if (help) {
    console.log(usage);
    return 0;
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  const asked = faultIds.filter((id) => only.length === 0 || only.includes(id));
  const ground = openGround({ fast, say });
  try {
    const chosen = faults.filter(({ id }) => asked.includes(id));
    const rows = await runFaults(chosen, ground, told, stop.signal);
    const { notes } = await ground.settleAll();
    const lost = ground.lost.size;
    const missing = asked.filter((id) => rows.every((row) => row.id !== id));
    console.log(tableOf(rows));
    if (missing.length > 0) console.log(`\nNot run: ${missing.join(', ')}`);
    console.log(
      `\nIn this run: ${[...ground.counts].map(([what, times]) => `${times} × ${what}`).join(', ')}.`,
    );
    for (const note of notes) console.log(`Read once more at the end: ${note}.`);
    // The last line is for machines: nothing follows it.
    console.log(`\n${summaryOf(rows, asked.length, lost)}`);
    const survived = rows.every(({ verdict }) => verdict === 'survived');
    return missing.length === 0 && survived && lost === 0 ? 0 : 1;
  } finally {
    await ground.close();
  }
}

try {
  process.exitCode = await main(readOptions(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof TypeError ? `${error.message}\n\n${usage}` : error);
  process.exitCode = 1;
}
process.exit();
