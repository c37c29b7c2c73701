import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createClient } from '@casetalk/client';
import { createDatabase, dropDatabase, urlOfDatabase } from '@casetalk/local-stack';
import pg from 'pg';
import { buildApp } from '../../src/app.ts';
import { openDependencies } from '../../src/dependencies-from-settings.ts';
import type { TestApi } from './api.ts';
import { cookieJar } from './cookie-jar.ts';

/** An operator's environment. */
export type Environment = Readonly<Record<string, string>>;

/** Where an installation that is backed up can be restored to. */
export class RestorePlaces {
  readonly #api: TestApi;
  readonly #folder: string;
  readonly #databases: string[] = [];

  constructor(api: TestApi, folder: string) {
    this.#api = api;
    this.#folder = folder;
  }

  /** The settings of the installation, with its own database and files or others. */
  environmentOf(databaseName?: string, filesDir = this.#api.filesDir): Environment {
    const { settings } = this.#api.deps;
    const at = (url: string): string => (databaseName === undefined ? url : urlOfDatabase(url, databaseName));
    return {
      OWNER_DATABASE_URL: at(this.#api.ownerUrl),
      DATABASE_URL: at(settings.DATABASE_URL),
      JOBS_DATABASE_URL: at(settings.JOBS_DATABASE_URL),
      FILES_DIR: filesDir,
      VAULT_KEY: settings.VAULT_KEY ?? '',
      SEALING_KEY: settings.SEALING_KEY,
      PASSWORD_PEPPER: settings.PASSWORD_PEPPER,
    };
  }

  /** An empty database and an empty folder, as on a machine that was set up just now. */
  async empty(): Promise<Environment> {
    const name = `restored_${randomBytes(4).toString('hex')}`;
    this.#databases.push(name);
    const owner = decodeURIComponent(new URL(this.#api.ownerUrl).username);
    await createDatabase(this.#adminUrl, name, owner);
    return this.environmentOf(name, join(this.#folder, name));
  }

  async remove(): Promise<void> {
    for (const name of this.#databases) await dropDatabase(this.#adminUrl, name);
  }

  get #adminUrl(): string {
    return urlOfDatabase(String(this.#api.sql.options.connectionString), 'postgres');
  }
}

/** Serves what was restored. */
export async function serve(
  origin: TestApi,
  environment: Environment,
): Promise<{ api: TestApi; errors: readonly string[]; close(): Promise<void> }> {
  const errors: string[] = [];
  const deps = await openDependencies(
    {
      ...origin.deps.settings,
      DATABASE_URL: environment['DATABASE_URL'] ?? '',
      JOBS_DATABASE_URL: environment['JOBS_DATABASE_URL'] ?? '',
      FILES_DIR: environment['FILES_DIR'] ?? '',
    },
    (error, what) => errors.push(`${what}: ${error.message}`),
  );
  const app = await buildApp(deps);
  const sql = new pg.Pool({ connectionString: environment['OWNER_DATABASE_URL'], max: 1 });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const api: TestApi = {
    ...origin,
    deps,
    sql,
    url,
    browser: (portal, kept) => createClient({ baseUrl: url, portal, fetch: cookieJar(kept).fetch }),
  };
  return {
    api,
    errors,
    close: async () => {
      await app.close();
      await deps.close();
      await sql.end();
    },
  };
}
