import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PlainError } from './plain-error.ts';
import { runOperatorCommand } from './processes/run-operator-command.ts';
import { openWatchdog } from './processes/watchdog.ts';
import { root } from './root.ts';
import { type Environment, inheritedEnvironment, loadDotEnv } from './settings.ts';
import { openDatabaseSource } from './stack/database-source.ts';
import { claimRunning, whoRuns } from './stack/running.ts';

/**
 * Restores a backup into the empty database and folder that the environment names, or else into a new `.data`, from which
 * `pnpm start` goes on.
 */
const dataDir = join(root, '.data');
const say = (line: string): void => console.log(line);
const args = process.argv.slice(2).map((one) => (one.startsWith('--') ? one : resolve(one)));
const run = (env: Environment): Promise<number> => runOperatorCommand('src/restore.ts', args, env);

async function restoreIntoOwnData(): Promise<number> {
  const note = join(dataDir, 'running.json');
  const other = await whoRuns(note);
  if (other !== undefined)
    throw new PlainError(`CaseTalk is running, as process ${other.pid}: stop it first.`);
  const secretsFile = join(dataDir, 'keys.json');
  if (!existsSync(secretsFile)) {
    throw new PlainError(
      `Put the keys of the backed-up installation into ${secretsFile} first: a backup holds none, and without them nothing in it opens.`,
    );
  }
  const claim = await claimRunning(note);
  const watchdog = openWatchdog();
  try {
    const filesDir = join(dataDir, 'files');
    await mkdir(filesDir, { recursive: true, mode: 0o700 });
    const source = await openDatabaseSource({}, { dataDir: join(dataDir, 'postgresql'), durable: true, say });
    if (source.server !== undefined) watchdog.guard(source.server.pid, 'SIGINT');
    try {
      return await run({
        ...inheritedEnvironment(),
        OWNER_DATABASE_URL: source.urls.ownerUrl,
        DATABASE_URL: source.urls.appUrl,
        JOBS_DATABASE_URL: source.urls.jobsUrl,
        FILES_DIR: filesDir,
        SECRETS_FILE: secretsFile,
      });
    } finally {
      await source.close();
    }
  } finally {
    await watchdog.dismiss();
    await claim.release();
  }
}

loadDotEnv(join(root, '.env'));
try {
  const given = inheritedEnvironment();
  process.exit(given['OWNER_DATABASE_URL'] ? await run(given) : await restoreIntoOwnData());
} catch (error) {
  console.error(error instanceof PlainError ? error.message : error);
  process.exit(2);
}
