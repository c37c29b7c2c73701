import { PgBoss } from 'pg-boss';
import { deadLetterQueue, queueSchema } from './queues.ts';

/** A job that was given up: ids alone. */
export interface DeadLetter {
  readonly id: string;
  readonly job: string;
  readonly at: Date;
  readonly why: string;
  readonly ids: Readonly<Record<string, unknown>>;
  /** False for codes: they were dead before their job was. */
  readonly mayBeSent: boolean;
}

/** Which letters are meant: some by their ids, or all. */
export type Which = readonly string[] | 'all';

const code = 'code.send';

/**
 * The jobs that were given up, for an operator to see and send again.
 * @param url connection string of casetalk_jobs
 */
export async function openDeadLetters(url: string) {
  const boss = new PgBoss({
    connectionString: url,
    schema: queueSchema,
    max: 1,
    migrate: false,
    supervise: false,
    schedule: false,
  });
  const failures: Error[] = [];
  boss.on('error', (error) => failures.push(error));
  await boss.start();

  async function list(): Promise<DeadLetter[]> {
    const jobs = await boss.findJobs<Record<string, unknown>>(deadLetterQueue, { queued: true });
    return jobs
      .map((job) => ({
        id: job.id,
        job: job.sourceName ?? 'unknown',
        at: job.createdOn,
        why: reasonIn(job.sourceOutput),
        ids: job.data,
        mayBeSent: job.sourceName !== null && job.sourceName !== code,
      }))
      .toSorted((a, b) => a.at.getTime() - b.at.getTime());
  }

  const chosen = async (which: Which): Promise<DeadLetter[]> =>
    (await list()).filter(({ id }) => which === 'all' || which.includes(id));

  return {
    list,

    /** Puts letters back into their queues, each once, with all their tries. @returns how many went back */
    async resend(which: Which): Promise<number> {
      const ids = (await chosen(which)).filter(({ mayBeSent }) => mayBeSent).map(({ id }) => id);
      let moved = 0;
      // As many as one call moves.
      for (let from = 0; from < ids.length; from += 1000)
        moved += await boss.redrive(deadLetterQueue, { ids: ids.slice(from, from + 1000) });
      return moved;
    },

    /** Removes letters that nobody needs any more. @returns how many there were */
    async remove(which: Which): Promise<number> {
      const ids = (await chosen(which)).map(({ id }) => id);
      if (ids.length > 0) await boss.deleteJob(deadLetterQueue, ids);
      return ids.length;
    },

    close: () => boss.stop({ graceful: false }),
  };
}

/** What a worker said of the last try: its own words, which name nobody, or where there are none the kind of failure. */
function reasonIn(output: unknown): string {
  const { name, message, value } = (output ?? {}) as { name?: unknown; message?: unknown; value?: unknown };
  if (typeof value === 'object' && value !== null) return reasonIn(value);
  if (typeof message === 'string' && ownWords.test(message)) return message;
  return typeof name === 'string' ? name : 'unknown';
}

const ownWords = /^(?:(?:SendGrid|Twilio) (?:answered \d+|could not be reached)|The database refused: |job )/;
