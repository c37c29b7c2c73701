import pg from 'pg';

/** The product's tables, past row-level security. */
export interface Database {
  /** Runs one statement and answers its rows. */
  rows<Row extends pg.QueryResultRow>(statement: string, values?: readonly unknown[]): Promise<Row[]>;
  /** The one number that a `SELECT count(*)` answers. */
  count(statement: string, values?: readonly unknown[]): Promise<number>;
  close(): Promise<void>;
}

/** Opens the product's tables as their owner: stories move time in them, and count what an act left behind. */
export function openDatabase(ownerUrl: string): Database {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 1 });
  pool.on('error', () => undefined);
  const rows: Database['rows'] = async (statement, values = []) =>
    (await pool.query(statement, [...values])).rows;
  return {
    rows,
    async count(statement, values) {
      const [row] = await rows<{ count: string }>(statement, values);
      return Number(row?.count);
    },
    close: () => pool.end(),
  };
}
