import pg from 'pg';

/** A transaction of somebody else's that is open and holds what it holds. */
export interface Holding {
  readonly rows: (statement: string, values?: readonly unknown[]) => Promise<pg.QueryResult>;
  /** Gives everything back. */
  readonly release: () => Promise<void>;
}

/** Opens a transaction as the tables' owner and runs a statement in it. */
export async function hold(ownerUrl: string, statement: string): Promise<Holding> {
  const client = new pg.Client({ connectionString: ownerUrl });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('begin');
  await client.query(statement);
  let isHeld = true;
  return {
    rows: (text, values = []) => client.query(text, [...values]),
    async release() {
      if (!isHeld) return;
      isHeld = false;
      await client.query('rollback').catch(() => undefined);
      await client.end().catch(() => undefined);
    },
  };
}
