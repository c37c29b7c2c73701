import { readMigrationFiles } from 'drizzle-orm/migrator';
import { migrationsFolder } from '../db/migrate.ts';
import type { Dependencies } from '../dependencies.ts';
import { ProblemError } from '../problem-error.ts';
import {
  type Check,
  type Checks,
  degraded,
  failed,
  fine,
  keysCheck,
  migrationsCheck,
  type Readiness,
  readinessOf,
} from './readiness.rules.ts';

export type Looking = () => Promise<Readiness>;

/** Whoever asks is answered within this time, in milliseconds, whatever does not answer us. */
const patience = 2000;
/** Longer than a connection for notices takes to come back, in milliseconds. */
const deafAfter = 3000;

interface Found {
  readonly migrations: number[];
  readonly keys: string[];
}

const looking = {
  text: `select array(select created_at::float8 from drizzle.__drizzle_migrations) as migrations,
    array(select id from vault_keys where retired_at is null) as keys`,
};

/** SQLSTATEs of tables that are not there, or not ours to read: the database answers, and is of another version. */
const unmigrated = new Set(['3F000', '42501', '42703', '42P01']);

/**
 * Looks whether this process can serve, and at what it cannot. Any number of askers share one look: a disk or a database
 * that does not answer is asked once.
 */
export function createReadiness(
  deps: Pick<Dependencies, 'db' | 'vault' | 'jobs' | 'fileStore' | 'events'>,
): Looking {
  const known = readMigrationFiles({ migrationsFolder }).map(({ folderMillis }) => folderMillis);
  const database = shared(() => deps.db.probe<Found>(looking));
  const files = shared(() => deps.fileStore.check());

  async function databaseChecks(): Promise<Pick<Checks, 'database' | 'migrations' | 'keys'>> {
    try {
      const [found] = await inTime(database());
      const { migrations = [], keys = [] } = found ?? {};
      return {
        database: fine,
        migrations: migrationsCheck(known, migrations),
        keys: keysCheck(keys, (id) => deps.vault.knows(id)),
      };
    } catch (error) {
      if (unmigrated.has(codeOf(error) ?? '')) {
        return {
          database: fine,
          migrations: failed('which migrations have run cannot be read: run migrate'),
          keys: failed('not known before migrate has run'),
        };
      }
      const unknown = failed('not known while the database is away');
      return { database: failed(reasonOf(error)), migrations: unknown, keys: unknown };
    }
  }

  async function filesCheck(): Promise<Check> {
    try {
      await inTime(files());
      return fine;
    } catch (error) {
      if (error instanceof ProblemError) return degraded('no room: uploads are refused');
      return error instanceof Late ? degraded(reasonOf(error)) : failed(reasonOf(error));
    }
  }

  return async () => {
    const [ofDatabase, ofFiles] = await Promise.all([databaseChecks(), filesCheck()]);
    const isDeaf = performance.now() - deps.events.hearing.until > deafAfter;
    return readinessOf({
      ...ofDatabase,
      queue: deps.jobs.isReady ? fine : failed('the job queue has not been read yet'),
      files: ofFiles,
      events: isDeaf ? degraded('other processes are not heard: screens are up to date late') : fine,
    });
  };
}

/** One at a time, however many ask. */
function shared<T>(work: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | undefined;
  return () =>
    (underWay ??= work().finally(() => {
      underWay = undefined;
    }));
}

class Late extends Error {}

async function inTime<T>(work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(reject, patience, new Late());
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function codeOf(error: unknown): string | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^[A-Z0-9_]{1,30}$/.test(code) ? code : undefined;
}

/** A code says what happened; the message beside it may name a host or a file. */
function reasonOf(error: unknown): string {
  if (error instanceof Late) return `no answer within ${patience / 1000} s`;
  const code = codeOf(error);
  return code === undefined ? 'no answer' : `no use of it (${code})`;
}
