import { sql } from 'drizzle-orm';
import { fromDrizzle, PgBoss } from 'pg-boss';
import type { Database } from '../db/database.ts';
import type { JobQueue } from './queue.ts';
import { queueSchema } from './queues.ts';

export interface OpenJobQueue extends JobQueue {
  close(): Promise<void>;
}

/**
 * The API's side of the queue: it only ever writes jobs, through the API's own connections and inside the transactions
 * whose consequences they are. What it must know of the queues it reads once, at the first job.
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

  async function start(): Promise<void> {
    started ??= boss.start();
    try {
      await started;
    } catch (error) {
      // Asked again by the next job: the database may only have been away for a moment.
      started = undefined;
      throw error;
    }
  }

  return {
    async enqueue(tx, name, payload) {
      await start();
      const id = await boss.send(name, payload, { db: fromDrizzle(tx, sql) });
      if (id === null) throw new Error(`The job ${name} was not taken.`);
    },
    close: () => boss.stop({ graceful: false }),
  };
}
