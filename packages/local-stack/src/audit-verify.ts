import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from './root.ts';
import { loadDotEnv } from './settings.ts';
import { auditEnvironment } from './stack/audit-environment.ts';

/**
 * Verifies the audit of the database that the environment names, or else of the one that `pnpm start` runs. Ends with 1
 * when anything was tampered with.
 */
loadDotEnv(join(root, '.env'));
const env = await auditEnvironment(join(root, '.data'));
if (env === undefined) {
  console.error('There is no audit yet: run pnpm start, or set JOBS_DATABASE_URL and FILES_DIR.');
  process.exit(2);
}
const api = join(root, 'apps/api');
const verifying = spawn(process.execPath, [join(api, 'src/audit-verify.ts')], {
  cwd: api,
  env,
  stdio: 'inherit',
});
const [code] = (await once(verifying, 'close')) as [number | null];
process.exit(code ?? 2);
