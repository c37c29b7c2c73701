import { randomBytes } from 'node:crypto';
import { cloneDatabase } from '../postgres/databases.ts';
import { type Postgres, type PostgresOptions, startPostgres } from '../postgres/server.ts';
import { type DatabaseUrls, ensureDatabase, urlsOn } from './database.ts';

/** Where a stack takes its database from. Empty: a PostgreSQL of its own. */
export interface DatabaseSource {
  /** Connection strings that a person brought along; used as they are. */
  readonly urls?: DatabaseUrls;
  /** A server whose administrator we are: a database is made on it, and dropped at the end. */
  readonly adminUrl?: string;
  /** A migrated database on that server to start from, instead of an empty one. */
  readonly template?: string;
}

export interface OpenDatabase {
  readonly urls: DatabaseUrls;
  /** A server that was started for this. */
  readonly server?: Postgres;
  readonly dropAtEnd?: { readonly adminUrl: string; readonly name: string };
  readonly close: () => Promise<void>;
}

const nothing = (): Promise<void> => Promise.resolve();

/** Opens the database of a stack; see DatabaseSource for the three ways. */
export async function openDatabaseSource(
  { urls, adminUrl, template }: DatabaseSource,
  own: PostgresOptions,
): Promise<OpenDatabase> {
  if (urls !== undefined) return { urls, close: nothing };
  if (adminUrl !== undefined) {
    const name = `casetalk_${randomBytes(6).toString('hex')}`;
    if (template === undefined) await ensureDatabase(adminUrl, name);
    else await cloneDatabase(adminUrl, template, name);
    return { urls: urlsOn(adminUrl, name), dropAtEnd: { adminUrl, name }, close: nothing };
  }
  const postgres = await startPostgres(own);
  return {
    urls: await ensureDatabase(postgres.adminUrl, 'casetalk'),
    server: postgres,
    close: postgres.stop,
  };
}
