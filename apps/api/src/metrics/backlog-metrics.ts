import { sql } from 'drizzle-orm';
import { Gauge, type Registry } from 'prom-client';
import type { Database } from '../db/database.ts';
import { deadLetterQueue, jobNames } from '../jobs/queues.ts';

interface Backlog {
  readonly name: string;
  readonly waiting: number;
  readonly active: number;
  /** Seconds since the job that is due and has waited longest was written; null when none is due. */
  readonly oldest: number | null;
}

/**
 * What waits to be done, as the database has it when Prometheus asks: jobs by queue, letters that nobody could deliver, rows of
 * the audit that are not sealed. While the database is away these are missing, and everything else still answers.
 * @param db opened as casetalk_jobs
 * @param onError told once of each time in which they are missing
 */
export function meterBacklogs(
  registry: Registry,
  db: Pick<Database, 'transaction'>,
  onError: (error: Error) => void,
): void {
  let isMissing = false;
  let reading: Promise<void> | undefined;
  /** Each figure is asked for by itself, all at once: they share one reading. */
  const collect = (): Promise<void> => (reading ??= readAll().finally(() => (reading = undefined)));
  const registers = [registry];
  const jobs = new Gauge({
    name: 'casetalk_queue_jobs',
    help: 'Jobs by queue, and whether they wait or are being done.',
    labelNames: ['queue', 'state'] as const,
    registers,
    collect,
  });
  const age = new Gauge({
    name: 'casetalk_queue_oldest_seconds',
    help: 'Age of the oldest job of a queue that is due.',
    labelNames: ['queue'] as const,
    registers,
    collect,
  });
  const dead = new Gauge({
    name: 'casetalk_dead_letters',
    help: 'Jobs that were given up and wait for somebody.',
    registers,
    collect,
  });
  const lag = new Gauge({
    name: 'casetalk_audit_unsealed_seconds',
    help: 'Age of the oldest row of the audit that is not sealed.',
    registers,
    collect,
  });

  async function readAll(): Promise<void> {
    for (const gauge of [jobs, age]) gauge.reset();
    for (const gauge of [dead, lag]) gauge.remove();
    const found = await read(db).catch((error: unknown) => {
      if (!isMissing) onError(error as Error);
      isMissing = true;
    });
    if (!found) return;
    isMissing = false;
    const of = (name: string): Backlog | undefined => found.backlogs.find((one) => one.name === name);
    for (const queue of jobNames) {
      jobs.set({ queue, state: 'waiting' }, of(queue)?.waiting ?? 0);
      jobs.set({ queue, state: 'active' }, of(queue)?.active ?? 0);
      age.set({ queue }, of(queue)?.oldest ?? 0);
    }
    dead.set(of(deadLetterQueue)?.waiting ?? 0);
    lag.set(found.unsealed);
  }
}

const read = (db: Pick<Database, 'transaction'>): Promise<{ backlogs: Backlog[]; unsealed: number }> =>
  db.transaction(async (tx) => {
    const { rows: backlogs } = await tx.execute<Backlog & Record<string, unknown>>(
      sql`select name, count(*) filter (where state in ('created', 'retry'))::int as waiting,
            count(*) filter (where state = 'active')::int as active,
            extract(epoch from now() - min(created_on) filter (where state in ('created', 'retry') and start_after <= now()))::float8 as oldest
          from pgboss.job where state < 'completed' group by name`,
    );
    const { rows } = await tx.execute<{ unsealed: number | null }>(
      sql`with last as (select last_tx, last_id from audit_seals order by number desc limit 1)
          select extract(epoch from now() - min(at))::float8 as unsealed from audit_events
          where tx >= coalesce((select last_tx from last), 0)
            and (tx, id) > (coalesce((select last_tx from last), 0), coalesce((select last_id from last), '00000000-0000-0000-0000-000000000000'))`,
    );
    return { backlogs, unsealed: rows[0]?.unsealed ?? 0 };
  });
