import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { fromDrizzle, PgBoss } from 'pg-boss';
import type { Database } from '../db/database.ts';
import type { JobQueue } from './queue.ts';
import { queueSchema } from './queues.ts';

export interface OpenJobQueue extends JobQueue {
  /** Settles once what must be known of the queues has been read, or the queue is closed. */
  readonly ready: Promise<void>;
  /** Whether it has been read. */
  readonly isReady: boolean;
  close(): Promise<void>;
}

/** In milliseconds. */
const retryDelay = 1000;

/**
 * The API's side of the queue: it only ever writes jobs, through the API's own connections and inside the transactions
 * whose consequences they are. What it must know of the queues it reads once, ahead of the first job: a job's transaction
 * that had to wait for it would hold the very connection that the reading may need.
 * @param onError told of failures to refresh what is known about the queues
 */
export function createJobQueue(
  db: Pick<Database, 'transaction'>,
  onError: (error: Error) => void,
): OpenJobQueue {
  const boss = new PgBoss({
    schema: queueSchema,
    migrate: false,
    supervise: false,
    schedule: false,
    db: {
      executeSql: (text, values) => db.transaction((tx) => fromDrizzle(tx, sql).executeSql(text, values)),
    },
  });
  boss.on('error', onError);
  let started: Promise<unknown> | undefined;
  let closed = false;
  let isReady = false;
  const ready = warmUp();

  async function start(): Promise<void> {
    started ??= boss.start();
    try {
      await started;
      isReady = true;
    } catch (error) {
      // Asked again by the next job: the database may only have been away for a moment.
      started = undefined;
      throw error;
    }
  }

  async function warmUp(): Promise<void> {
    while (!closed) {
      try {
        await start();
        return;
      } catch {
        // The database is not there yet. A job that comes meanwhile tells it to whoever wants it.
        await pause(retryDelay, undefined, { ref: false });
      }
    }
  }

  return {
    ready,
    get isReady() {
      return isReady;
    },
    async enqueue(tx, name, payload) {
      await start();
      const id = await boss.send(name, payload, { db: fromDrizzle(tx, sql) });
      if (id === null) throw new Error(`The job ${name} was not taken.`);
    },
    close() {
      closed = true;
      return boss.stop({ graceful: false });
    },
  };
}
