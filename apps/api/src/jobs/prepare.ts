import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { deadLetterQueue, jobNames, queues, queueSchema } from './queues.ts';

/** The API writes jobs, as itself or as the person it acts for, and reads back no more than a job's id. */
const writers = 'casetalk_app, casetalk_clinician, casetalk_patient, casetalk_break_glass';

const grants = [
  `GRANT USAGE ON SCHEMA ${queueSchema} TO ${writers}, casetalk_jobs`,
  `GRANT SELECT ON ${queueSchema}.version, ${queueSchema}.queue TO ${writers}`,
  `GRANT INSERT, SELECT (id, start_after) ON ${queueSchema}.job_common TO ${writers}`,
  `GRANT ALL ON ALL TABLES IN SCHEMA ${queueSchema} TO casetalk_jobs`,
  `GRANT ALL ON ALL SEQUENCES IN SCHEMA ${queueSchema} TO casetalk_jobs`,
];

/**
 * Makes the job queue's schema and queues, or brings them up to date, and says who may write and who may work. Part of
 * migrating: safe to run again and again, and while the product runs.
 * @param ownerUrl connection string of the database's owner
 */
export async function prepareQueue(ownerUrl: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema: queueSchema,
    supervise: false,
    schedule: false,
    max: 2,
  });
  const failures: Error[] = [];
  boss.on('error', (error) => failures.push(error));
  await boss.start();
  try {
    await boss.createQueue(deadLetterQueue, { retentionSeconds: 90 * 86_400 });
    for (const name of jobNames) {
      await boss.createQueue(name, queues[name]);
      const { policy: _fixed, retryDelayMax: _alsoFixed, ...changeable } = queues[name];
      await boss.updateQueue(name, changeable);
    }
  } finally {
    await boss.stop({ graceful: false });
  }
  if (failures[0]) throw failures[0];

  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    for (const grant of grants) await client.query(grant);
  } finally {
    await client.end();
  }
}
