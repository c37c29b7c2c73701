import type { Portal } from '@casetalk/contract';
import { sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { PgTransaction } from 'drizzle-orm/pg-core';
import type { NodePgQueryResultHKT } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { isUncertain, runBatch, type Statement } from './batch.ts';
import * as schema from './schema/index.ts';

export type { Statement };

/** Whose rows a transaction may see. */
export interface Viewer {
  readonly kind: Portal;
  readonly id: string;
}

type Schema = typeof schema;
/** An open transaction; writes take one, so that an act is one transaction. */
export type Tx = PgTransaction<NodePgQueryResultHKT, Schema, never> | NodePgDatabase<Schema>;

export interface Database {
  /** A transaction for nobody in particular: no private row is visible in it. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** A transaction for one person: row-level security shows that person's rows and no others. */
  as<T>(viewer: Viewer, work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * A transaction for one person in one round trip: the viewer and the statements leave together. Each statement sees
   * what the ones before it did. For the hot path alone, where a round trip is most of the cost.
   * @returns the rows of each statement, in their order
   * @throws what the first statement that failed threw; nothing was kept then
   */
  pipeline<Rows extends readonly object[]>(
    viewer: Viewer,
    statements: { readonly [Index in keyof Rows]: Statement },
  ): Promise<{ -readonly [Index in keyof Rows]: Rows[Index][] }>;
  /**
   * One prepared statement for nobody in particular, in a transaction of its own: no private row is visible in it. For
   * the hot path alone.
   */
  ask<Row extends object>(statement: Statement): Promise<Row[]>;
  /** True when the database answers. */
  ping(): Promise<boolean>;
  close(): Promise<void>;
}

/** Puts another person in charge of the rest of a transaction, such as the inviter who lets the patient into a talk. */
export async function actAs(tx: Tx, viewer: Viewer): Promise<void> {
  await tx.execute(
    sql`select set_config('role', ${roleOf(viewer)}, true), set_config('app.viewer', ${viewer.id}, true)`,
  );
}

const roleOf = (viewer: Viewer): string => `casetalk_${viewer.kind}`;

const becomeViewer = {
  name: 'become-viewer',
  text: `select set_config('role', $1, true), set_config('app.viewer', $2, true)`,
};

/**
 * Opens the pool of the API's own login.
 * @param url connection string of casetalk_app
 * @param onError told of connections that break while idle (PostgreSQL restarting): the pool opens others
 */
export function openDatabase(url: string, size: number, onError: (error: Error) => void): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    connectionTimeoutMillis: 2000,
    idleTimeoutMillis: 60_000,
    statement_timeout: 5000,
    lock_timeout: 2000,
    idle_in_transaction_session_timeout: 10_000,
    query_timeout: 10_000,
    keepAlive: true,
    application_name: 'casetalk-api',
    pipeline: true,
  });
  pool.on('error', onError);
  const db = drizzle(pool, { schema });

  return {
    transaction: (work) => db.transaction((tx) => work(tx)),
    as: (viewer, work) =>
      db.transaction(async (tx) => {
        await actAs(tx, viewer);
        return work(tx);
      }),
    async pipeline<Rows extends readonly object[]>(
      viewer: Viewer,
      statements: { readonly [Index in keyof Rows]: Statement },
    ) {
      const client = await pool.connect();
      const viewing = { ...becomeViewer, values: [roleOf(viewer), viewer.id] };
      const [first, ...rest] = statements as readonly Statement[];
      let broken: Error | undefined;
      try {
        const [, ...rows] = await runBatch(client, [viewing, first as Statement, ...rest]);
        return rows as { -readonly [Index in keyof Rows]: Rows[Index][] };
      } catch (error) {
        if (isConnectionLoss(error) || isUncertain(client, statements)) broken = error as Error;
        throw error;
      } finally {
        client.release(broken);
      }
    },
    async ask<Row extends object>({ name, text, values }: Statement) {
      const { rows } = await pool.query<Row>({ name, text, values: [...values] });
      return rows;
    },
    async ping() {
      return pool.query('select 1').then(
        () => true,
        () => false,
      );
    },
    close: () => pool.end(),
  };
}

/** True for errors without an SQLSTATE, or of class 08 or 57P: the connection, not the statement, failed. */
export function isConnectionLoss(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: unknown }).code;
  return typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code) || /^(08|57P)/.test(code);
}

/** True when a unique index named `constraint` refused a row. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const { code, constraint: name } = cause as { code?: string; constraint?: string };
  return code === '23505' && name === constraint;
}
