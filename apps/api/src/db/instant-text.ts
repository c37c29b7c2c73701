import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/**
 * An instant as text with all six of PostgreSQL's decimals: a JavaScript Date keeps three, and a page that goes on after a
 * rounded instant skips rows or repeats them.
 */
export const instantText = (column: SQLWrapper): SQL<string> =>
  sql<string>`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** The same for hand-written statements. */
export const instantTextOf = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
