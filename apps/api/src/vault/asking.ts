import type pg from 'pg';
import type { Database } from '../db/database.ts';

/** One connection, asked as a {@link Database} is: for commands of the owner, which need no pool and no time limit. */
export const asking = (client: pg.Client): Pick<Database, 'ask'> => ({
  async ask<Row extends object>(statements: Parameters<Database['ask']>[0]) {
    const results: Row[][] = [];
    for (const { text, values } of statements)
      results.push((await client.query<Row>(text, [...values])).rows);
    return results;
  },
});
