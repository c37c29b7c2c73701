import type { Portal } from '@casetalk/contract';
import { sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { PgTransaction } from 'drizzle-orm/pg-core';
import type { NodePgQueryResultHKT } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { runBatch, type Statement } from './batch.ts';
import { isConnectionLoss } from './connection-loss.ts';
import { runUndone } from './undone.ts';
import { waitingRoom } from './waiting-room.ts';
import * as schema from './schema/index.ts';

export { isConnectionLoss, type Statement };

/** Whose rows a transaction may see. */
export interface Viewer {
  readonly kind: Portal;
  readonly id: string;
}

/** An administrator to whom a grant opens one talk in an emergency: sees its rows while the grant is live, changes none. */
export interface GrantHolder {
  readonly kind: 'breakGlass';
  /** The administrator's. */
  readonly id: string;
  readonly grantId: string;
}

/** Whoever may read private rows. */
export type Reader = Viewer | GrantHolder;

type Schema = typeof schema;
/** An open transaction; writes take one, so that an act is one transaction. */
export type Tx = PgTransaction<NodePgQueryResultHKT, Schema, never> | NodePgDatabase<Schema>;

export interface Database {
  /** A transaction for nobody in particular: no private row is visible in it. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** A transaction for one person: row-level security shows that person's rows and no others. */
  as<T>(viewer: Pick<Reader, 'kind' | 'id'>, work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * A transaction for one person in one round trip: the viewer and the statements leave together. Each statement sees
   * what the ones before it did. For the hot path alone, where a round trip is most of the cost.
   * @returns the rows of each statement, in their order
   * @throws what the first statement that failed threw; nothing was kept then
   */
  pipeline<Rows extends readonly object[]>(
    viewer: Pick<Reader, 'kind' | 'id'>,
    statements: { readonly [Index in keyof Rows]: Statement },
  ): Promise<{ -readonly [Index in keyof Rows]: Rows[Index][] }>;
  /**
   * The same for nobody in particular: no private row is visible in it.
   * @returns the rows of each statement, in their order
   */
  ask<Row extends object>(statements: readonly Statement[]): Promise<Row[][]>;
  /** How many connections the pool has, how many of them are idle, and how many requests wait for one. */
  connections(): { readonly total: number; readonly idle: number; readonly waiting: number };
  /**
   * Reads over a connection of its own, which tells how the database is however busy the pool may be.
   * @throws what the database or the way to it said, at the latest after {@link probePatience}
   */
  probe<Row extends object>(query: { readonly text: string; readonly values?: unknown[] }): Promise<Row[]>;
  /** True when the database answers. */
  ping(): Promise<boolean>;
  close(): Promise<void>;
}

/** How long a probe waits for the connection, and again for its answer, in milliseconds. */
export const probePatience = 2000;

/** Puts another person in charge of the rest of a transaction, such as the inviter who lets the patient into a talk. */
export async function actAs(tx: Tx, viewer: Pick<Reader, 'kind' | 'id'>): Promise<void> {
  await tx.execute(
    sql`select set_config('role', ${roleOf(viewer)}, true), set_config('app.viewer', ${viewer.id}, true)`,
  );
}

const roles: Readonly<Record<Reader['kind'], string>> = {
  clinician: 'casetalk_clinician',
  patient: 'casetalk_patient',
  breakGlass: 'casetalk_break_glass',
};
const roleOf = (viewer: Pick<Reader, 'kind'>): string => roles[viewer.kind];

const becomeViewer = {
  name: 'become-viewer',
  text: `select set_config('role', $1, true), set_config('app.viewer', $2, true)`,
};

/**
 * Opens the pool of the API's own login.
 * @param url connection string of casetalk_app
 * @param onError told of connections that break while idle (PostgreSQL restarting): the pool opens others
 * @param onConnect told of each new connection
 */
export function openDatabase(
  url: string,
  size: number,
  onError: (error: Error) => void,
  onConnect?: (client: pg.ClientBase) => void,
): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    connectionTimeoutMillis: 2000,
    idleTimeoutMillis: 60_000,
    statement_timeout: 4000,
    lock_timeout: 2000,
    idle_in_transaction_session_timeout: 10_000,
    // A database that is frozen, or a network that is gone, ends no statement: the connection is given up then.
    query_timeout: 4500,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5000,
    application_name: 'casetalk-api',
    pipeline: true,
  });
  pool.on('error', onError);
  // The pool hears of idle connections alone. One that breaks while a transaction holds it fails the transaction's
  // statements, and would end the process if nobody listened.
  pool.on('connect', (client) => client.on('error', () => undefined));
  if (onConnect) pool.on('connect', onConnect);
  const connect = waitingRoom(pool, size, 2000);
  const probes = new pg.Pool({
    connectionString: url,
    max: 1,
    connectionTimeoutMillis: probePatience,
    query_timeout: probePatience,
    idleTimeoutMillis: 60_000,
    application_name: 'casetalk-probe',
  });
  // A probe that fails tells it to whoever asked.
  probes.on('error', () => undefined);
  const sessions = new WeakMap<pg.PoolClient, NodePgDatabase<Schema>>();

  /**
   * drizzle's own transaction over a pool never gives back a connection whose BEGIN fails, and gives back one whose
   * ROLLBACK fails: with somebody's transaction, and their rows, still open in it.
   */
  async function transact<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await connect();
    const session = sessions.get(client) ?? drizzle(client, { schema });
    sessions.set(client, session);
    let broken: Error | undefined;
    try {
      return await session.transaction((tx) => work(tx));
    } catch (error) {
      // When the rollback fails, its error is the one that arrives here.
      if (error instanceof Error && error.cause && isConnectionLoss(error.cause)) broken = error;
      throw error;
    } finally {
      client.release(broken);
    }
  }

  return {
    transaction: transact,
    as: (viewer, work) =>
      transact(async (tx) => {
        await actAs(tx, viewer);
        return work(tx);
      }),
    async pipeline<Rows extends readonly object[]>(
      viewer: Pick<Reader, 'kind' | 'id'>,
      statements: { readonly [Index in keyof Rows]: Statement },
    ) {
      const viewing = { ...becomeViewer, values: [roleOf(viewer), viewer.id] };
      const [, ...rows] = await runUndone(() =>
        runBatch(connect, [viewing, ...(statements as readonly Statement[])]),
      );
      return rows as { -readonly [Index in keyof Rows]: Rows[Index][] };
    },
    ask: async <Row extends object>(statements: readonly Statement[]) =>
      (await runUndone(() => runBatch(connect, statements))) as Row[][],
    connections: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    probe: async <Row extends object>(query: { readonly text: string; readonly values?: unknown[] }) =>
      (await probes.query<Row & pg.QueryResultRow>(query)).rows,
    ping: () =>
      probes.query('select 1').then(
        () => true,
        () => false,
      ),
    async close() {
      await Promise.all([pool.end(), probes.end()]);
    },
  };
}

/** True when a unique index named `constraint` refused a row. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const { code, constraint: name } = cause as { code?: string; constraint?: string };
  return code === '23505' && name === constraint;
}
