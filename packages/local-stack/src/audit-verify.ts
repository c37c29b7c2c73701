import { join } from 'node:path';
import { runOperatorCommand } from './processes/run-operator-command.ts';
import { root } from './root.ts';
import { loadDotEnv } from './settings.ts';
import { operatorEnvironment } from './stack/operator-environment.ts';

/**
 * Verifies the audit of the database that the environment names, or else of the one that `pnpm start` runs. Ends with 1
 * when anything was tampered with.
 */
loadDotEnv(join(root, '.env'));
const env = await operatorEnvironment(join(root, '.data'), 'JOBS_DATABASE_URL');
if (env === undefined) {
  console.error('There is no audit yet: run pnpm start, or set JOBS_DATABASE_URL and FILES_DIR.');
  process.exit(2);
}
process.exit(await runOperatorCommand('src/audit-verify.ts', [], env));
