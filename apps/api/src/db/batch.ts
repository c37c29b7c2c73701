import pg from 'pg';
import { isConnectionLoss } from './connection-loss.ts';

/** One prepared statement. A name stands for one text, for good: each connection prepares it once. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** What each connection has prepared already. */
const prepared = new WeakMap<pg.ClientBase, Set<string>>();

/**
 * Several statements between which nobody waits: their messages leave in one write with one Sync at the end, which makes
 * them one transaction without BEGIN and COMMIT (PostgreSQL, "Pipelining", §54.2.4). pg sends a Sync after each statement;
 * here each is written by pg itself, over a connection that keeps the Sync back.
 */
class Batch extends pg.Query {
  constructor(statements: readonly Statement[], done: (error: Error | undefined, results: unknown) => void) {
    super({ text: '' }, done);
    this.submit = (connection) => {
      const withoutSync = Object.create(connection, { sync: { value: () => undefined } }) as pg.Connection;
      connection.stream.cork();
      try {
        for (const { name, text, values } of statements) {
          const refused: unknown = new pg.Query({ name, text, values: [...values] }).submit(withoutSync);
          if (refused instanceof Error) throw refused;
        }
        connection.sync();
      } finally {
        connection.stream.uncork();
      }
      return null;
    };
  }
}

async function run(client: pg.PoolClient, statements: readonly Statement[]): Promise<object[][]> {
  const known = prepared.get(client) ?? new Set();
  prepared.set(client, known);
  const results = await new Promise<unknown>((resolve, reject) => {
    client.query(
      new Batch(statements, (error, all) => {
        if (!error) resolve(all);
        else reject(error);
      }),
    );
  });
  for (const { name } of statements) known.add(name);
  const each = (Array.isArray(results) ? results : [results]) as readonly pg.QueryResult<object>[];
  return each.map(({ rows }) => rows);
}

/**
 * Runs statements as one transaction in one round trip. Each sees what the ones before it did; when one fails nothing is
 * kept, and what follows it is not run.
 * @param connect lends a connection of the pool
 * @returns the rows of each statement
 * @throws what the first statement that failed threw
 */
export async function runBatch(
  connect: () => Promise<pg.PoolClient>,
  statements: readonly Statement[],
): Promise<object[][]> {
  const client = await connect();
  let broken: Error | undefined;
  try {
    return await run(client, statements);
  } catch (error) {
    if (isConnectionLoss(error) || isUncertain(client, statements)) broken = error as Error;
    throw error;
  } finally {
    client.release(broken);
  }
}

/**
 * True when a failed batch leaves open which of its statements the connection has prepared: it was to prepare one of
 * them for the first time.
 */
const isUncertain = (client: pg.PoolClient, statements: readonly Statement[]): boolean =>
  statements.some(({ name }) => !prepared.get(client)?.has(name));
