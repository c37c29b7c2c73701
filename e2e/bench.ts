import { readOptions, usage } from './bench/options.ts';
import { machine, runBench } from './bench/run.ts';
import { tableOf } from './bench/table.ts';

/** Prints the table of docs/performance.md as this machine fills it in. */
try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    console.log(usage);
  } else {
    const stop = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
    const rows = await runBench(options, (line) => console.error(line), stop.signal);
    console.log(`\n${machine()}\n\n${tableOf(rows)}`);
    process.exitCode = rows.some(({ failed }) => failed) ? 1 : 0;
  }
} catch (error) {
  console.error(error instanceof TypeError ? `${error.message}\n\n${usage}` : error);
  process.exitCode = 1;
}
