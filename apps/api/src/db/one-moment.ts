import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Tx } from './database.ts';
import * as schema from './schema/index.ts';

/**
 * Reads much, for as long as it takes, as of one moment: what is written meanwhile does not show.
 * @param url connection string of the login that reads
 */
export async function readOneMoment<T>(url: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'casetalk-audit' });
  await client.connect();
  try {
    return await drizzle(client, { schema }).transaction(work, {
      isolationLevel: 'repeatable read',
      accessMode: 'read only',
    });
  } finally {
    await client.end();
  }
}
