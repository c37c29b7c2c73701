import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { continueAuditOrder } from './audit-order.ts';
import { ensureRoles } from './roles.ts';

/** Any number will do, as long as it is always the same: migrations of two processes wait for each other on it. */
const advisoryLock = 4_100_420_043;

export const migrationsFolder = new URL('./migrations', import.meta.url).pathname;

/** Connection strings of the owner and of the two logins. */
export interface DatabaseUrls {
  readonly owner: string;
  readonly app: string;
  readonly jobs: string;
}

/**
 * Brings a database to the present schema: roles, tables and policies, the job queue's own schema excepted. Safe to run from many processes at
 * once and again and again.
 * @param urls connection strings: of the owner, and of the two logins whose names and passwords are set
 * @param folder of the migrations; all of them when left out
 */
export async function migrateDatabase(urls: DatabaseUrls, folder: string = migrationsFolder): Promise<void> {
  const client = new pg.Client({ connectionString: urls.owner });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [advisoryLock]);
    await ensureRoles(client, { casetalk_app: passwordOf(urls.app), casetalk_jobs: passwordOf(urls.jobs) });
    await migrate(drizzle(client), { migrationsFolder: folder });
    await continueAuditOrder(client);
  } finally {
    await client.end();
  }
}

function passwordOf(connectionString: string): string {
  const { password } = new URL(connectionString);
  if (password === '')
    throw new Error('The connection strings of casetalk_app and casetalk_jobs need a password.');
  return decodeURIComponent(password);
}
