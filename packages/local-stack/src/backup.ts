import { join, resolve } from 'node:path';
import { runOperatorCommand } from './processes/run-operator-command.ts';
import { root } from './root.ts';
import { loadDotEnv } from './settings.ts';
import { operatorEnvironment } from './stack/operator-environment.ts';

/** Backs up the database that the environment names, or else the one that `pnpm start` runs, with its files. */
loadDotEnv(join(root, '.env'));
const env = await operatorEnvironment(join(root, '.data'), 'OWNER_DATABASE_URL');
if (env === undefined) {
  console.error(
    'There is nothing to back up yet: run pnpm start, or set OWNER_DATABASE_URL and the others of migrate.',
  );
  process.exit(2);
}
// The command runs in another folder, and the person names theirs from here.
const folders = process.argv.slice(2).map((folder) => resolve(folder));
process.exit(await runOperatorCommand('src/backup.ts', folders, env));
