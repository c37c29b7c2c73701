import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startPostgres } from '../postgres/server.ts';
import { runScript } from '../processes/run-script.ts';
import { openWatchdog } from '../processes/watchdog.ts';
import { root } from '../root.ts';
import { type DatabaseUrls, ensureDatabase } from '../stack/database.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';
import { type Environment, inheritedEnvironment } from '../settings.ts';

/** Variables that carry the test server to the tests' processes. */
export const ADMIN_VARIABLE = 'TEST_ADMIN_DATABASE_URL';
export const TEMPLATE_VARIABLE = 'TEST_TEMPLATE_DATABASE';

export interface TestServer {
  readonly adminUrl: string;
  /** Name of the migrated, empty database that tests clone. */
  readonly template: string;
  readonly stop: () => Promise<void>;
}

function migrationEnvironment({ ownerUrl, appUrl, jobsUrl }: DatabaseUrls): Environment {
  return {
    ...inheritedEnvironment(),
    OWNER_DATABASE_URL: ownerUrl,
    DATABASE_URL: appUrl,
    JOBS_DATABASE_URL: jobsUrl,
  };
}

/** Starts a throw-away PostgreSQL and migrates one database on it, which every test database is a copy of. */
export async function startTestServer(say: (line: string) => void): Promise<TestServer> {
  const folder = await makeTemporaryFolder();
  const watchdog = openWatchdog();
  watchdog.discard(folder);
  const folders = [folder];
  const remove = async (): Promise<void> => {
    for (const one of folders) await rm(one, { recursive: true, force: true, maxRetries: 5 });
    await watchdog.dismiss();
  };
  try {
    const postgres = await startPostgres({ dataDir: join(folder, 'postgresql'), durable: false, say });
    watchdog.guard(postgres.pid, 'SIGINT');
    watchdog.discard(postgres.folder);
    folders.push(postgres.folder);
    const stop = async (): Promise<void> => {
      await postgres.stop();
      await remove();
    };
    try {
      const template = 'casetalk_template';
      const urls = await ensureDatabase(postgres.adminUrl, template);
      const cwd = join(root, 'apps/api');
      await runScript({
        name: 'migrate',
        script: join(cwd, 'src/migrate.ts'),
        cwd,
        env: migrationEnvironment(urls),
        sink: () => undefined,
        watchdog,
      });
      return { adminUrl: postgres.adminUrl, template, stop };
    } catch (error) {
      await postgres.stop();
      throw error;
    }
  } catch (error) {
    await remove();
    throw error;
  }
}
