import { join } from 'node:path';
import { runOperatorCommand } from './processes/run-operator-command.ts';
import { root } from './root.ts';
import { loadDotEnv } from './settings.ts';
import { operatorEnvironment } from './stack/operator-environment.ts';

/** Jobs that were given up, of the database that the environment names, or else of the one that `pnpm start` runs. */
loadDotEnv(join(root, '.env'));
const env = await operatorEnvironment(join(root, '.data'), 'JOBS_DATABASE_URL');
if (env === undefined) {
  console.error('There are no jobs yet: run pnpm start, or set JOBS_DATABASE_URL.');
  process.exit(2);
}
process.exit(await runOperatorCommand('src/dead-letters.ts', process.argv.slice(2), env));
