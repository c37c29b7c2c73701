import { join } from 'node:path';
import { runOperatorCommand } from './processes/run-operator-command.ts';
import { root } from './root.ts';
import { loadDotEnv } from './settings.ts';
import { operatorEnvironment } from './stack/operator-environment.ts';

/**
 * Holds the files against the database that the environment names, or else against the one that `pnpm start` runs. Ends
 * with 1 when a file is missing or does not open.
 */
loadDotEnv(join(root, '.env'));
const env = await operatorEnvironment(join(root, '.data'), 'DATABASE_URL');
if (env === undefined) {
  console.error(
    'There are no files yet: run pnpm start, or set DATABASE_URL, FILES_DIR and the vault’s key.',
  );
  process.exit(2);
}
process.exit(await runOperatorCommand('src/files-verify.ts', process.argv.slice(2), env));
