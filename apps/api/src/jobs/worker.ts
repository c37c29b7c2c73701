import { PgBoss } from 'pg-boss';
import type { Registry } from 'prom-client';
import { openDatabase } from '../db/database.ts';
import { createSealer } from '../gateways/sealer.ts';
import { createSendGridMailer } from '../gateways/sendgrid-mailer.ts';
import { createTwilioPhone } from '../gateways/twilio-phone.ts';
import { createEmailChangeMailer, createEmailChangeNotifier } from '../modules/contact-changes/index.ts';
import { createEventHub } from '../modules/events/index.ts';
import { type Anchor, anchorsFileOf, createAuditSealer } from '../modules/audit/index.ts';
import {
  createExpirySweep,
  createInvitationMailer,
  createInvitationNotifier,
  createReminderMailer,
  createReminderPoll,
} from '../modules/invitations/index.ts';
import {
  createAccountMailer,
  createBreakGlassMailer,
  createNoticePoll,
  createTalkNoticeMailer,
} from '../modules/notifications/index.ts';
import { createPasswordResetMailer } from '../modules/password-resets/index.ts';
import { createUnreadTaskMailer, takeDueTasks, unreadWatchRepository } from '../modules/tasks/index.ts';
import { createCodeSender } from '../modules/verifications/index.ts';
import { meterBacklogs } from '../metrics/backlog-metrics.ts';
import { meterDeliveries } from '../metrics/delivery-metrics.ts';
import type { Settings } from '../settings.ts';
import type { Tracing } from '../tracing/open-tracing.ts';
import { createJobQueue } from './pg-boss-queue.ts';
import type { JobName, JobPayloads } from './queue.ts';
import { quietError } from './quiet-error.ts';
import { deadLetterQueue, queueSchema } from './queues.ts';
import { createGivenUpPoll } from './given-up.ts';
import { createProviderCircuits } from './provider-circuits.ts';
import { createProviderGate } from './provider-gate.ts';
import { repeat } from './repeat.ts';
import { sweepAbandonedUploads } from '../modules/attachments/index.ts';
import { sweepLeftovers } from './leftovers.ts';
import type { WorkerDependencies } from './worker-dependencies.ts';

export type JobHandlers = { readonly [N in JobName]: (payload: JobPayloads[N]) => Promise<void> };

/** Milliseconds between rounds of what no job starts. */
const rounds = {
  seals: 1000,
  anchors: 3_600_000,
  notices: 10_000,
  expiry: 60_000,
  reminders: 10_000,
  tasks: 10_000,
  leftovers: 600_000,
  providers: 1000,
  givenUp: 5000,
} as const;

/** Somebody waits for these: a worker has several in hand at once, so that a slow provider holds up nobody else. */
const urgent: ReadonlySet<JobName> = new Set(['code.send', 'invitation.mail', 'passwordReset.mail']);

export const jobHandlers = (deps: WorkerDependencies): JobHandlers => ({
  'invitation.mail': createInvitationMailer(deps),
  'invitation.reminder': createReminderMailer(deps),
  'invitation.notice': createInvitationNotifier(deps),
  'code.send': createCodeSender(deps),
  'emailChange.mail': createEmailChangeMailer(deps),
  'emailChange.notice': createEmailChangeNotifier(deps),
  'passwordReset.mail': createPasswordResetMailer(deps),
  'account.mail': createAccountMailer(deps),
  'talk.notice': createTalkNoticeMailer(deps),
  'unreadTask.mail': createUnreadTaskMailer(deps),
  'breakGlass.mail': createBreakGlassMailer(deps),
});

/**
 * Starts what happens after commit: mail, texts, calls, notices and sweeps. Any number of workers share the work.
 * @param onError told of failures: of a job's try, which comes again by itself, or of what lies around the jobs
 * @param onAnchor told each time when the head of the audit's chain is written down
 * @param metrics where what is measured goes; nothing is measured without it
 * @param tracing nothing is traced without it
 */
export async function startWorker(
  settings: Settings,
  onError: (error: Error, what: string) => void,
  onAnchor: (anchor: Anchor) => void = () => undefined,
  metrics?: Registry,
  tracing?: Tracing,
): Promise<{ stop(): Promise<void> }> {
  const plain = openDatabase(
    settings.JOBS_DATABASE_URL,
    6,
    (error) => onError(error, 'a database connection broke'),
    tracing?.queries,
  );
  const db = tracing?.database(plain) ?? plain;
  const events = createEventHub(settings.JOBS_DATABASE_URL, (error) =>
    onError(error, 'the event connection broke'),
  );
  const jobs = createJobQueue(db, (error) => onError(error, 'the job queue could not be read'));
  const circuits = createProviderCircuits({ db, onError });
  const providers = {
    mailer: circuits.mailer(createSendGridMailer(settings)),
    phone: circuits.phone(createTwilioPhone(settings)),
  };
  if (metrics)
    meterBacklogs(metrics, db, (error) =>
      onError(quietError(error), 'what waits could not be counted: its metrics are left out'),
    );
  const deps: WorkerDependencies = {
    settings,
    db,
    events,
    sealer: createSealer(settings.SEALING_KEY),
    ...(metrics ? meterDeliveries(metrics, providers) : providers),
  };
  const boss = new PgBoss({
    connectionString: settings.JOBS_DATABASE_URL,
    schema: queueSchema,
    application_name: 'casetalk-worker',
    max: 4,
    migrate: false,
    schedule: false,
    supervise: true,
    // Jobs that a killed worker held are looked for this often once they have expired.
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
    // Indexes belong to the owner; the database's own vacuum looks after them.
    reindex: false,
    useListenNotify: true,
  });
  boss.on('error', (error) => onError(error, 'the job queue'));
  await boss.start();

  const handlers = jobHandlers(deps);
  const gate = createProviderGate({ boss, db, circuits, work, run });
  await gate.round();
  let toldOf = 0;
  /** Jobs that were given up wait for somebody: said as soon as there are more, and again until they are redriven or removed. */
  async function watchDeadLetters(isReminder: boolean): Promise<void> {
    const [stats] = await boss.getQueueStats(deadLetterQueue, { force: true });
    const waiting = stats?.readyCount ?? 0;
    const isWorthSaying = waiting > (isReminder ? 0 : toldOf);
    toldOf = waiting;
    if (isWorthSaying) onError(new Error('Jobs were given up.'), `${waiting} dead letters wait for somebody`);
  }

  const giveUp = createGivenUpPoll(deps);
  const sealer = createAuditSealer({ db, anchorsFile: anchorsFileOf(settings), onAnchor });
  const repeating = [
    repeat(rounds.providers, gate.round, (error) => onError(quietError(error), 'the round of providers')),
    repeat(
      rounds.givenUp,
      async () => {
        await giveUp();
        await watchDeadLetters(false);
      },
      (error) => onError(quietError(error), 'the round of jobs that were given up'),
    ),
    repeat(rounds.seals, sealer.seal, (error) => onError(quietError(error), 'the round of seals')),
    repeat(rounds.anchors, sealer.anchor, (error) => onError(quietError(error), 'the round of anchors')),
    repeat(rounds.notices, createNoticePoll(deps, jobs, unreadWatchRepository.watch), (error) =>
      onError(quietError(error), 'the round of notices'),
    ),
    repeat(rounds.expiry, createExpirySweep(deps), (error) =>
      onError(quietError(error), 'the round of expiry'),
    ),
    repeat(rounds.tasks, takeDueTasks(deps, jobs), (error) =>
      onError(quietError(error), 'the round of tasks'),
    ),
    repeat(rounds.reminders, createReminderPoll(deps, jobs), (error) =>
      onError(quietError(error), 'the round of reminders'),
    ),
    repeat(
      rounds.leftovers,
      async () => {
        await sweepLeftovers(db);
        await sweepAbandonedUploads(db);
        await watchDeadLetters(true);
      },
      (error) => onError(quietError(error), 'the round of leftovers'),
    ),
  ];

  async function work(name: JobName): Promise<void> {
    const options = {
      localConcurrency: urgent.has(name) ? 4 : 1,
      batchSize: 1,
      // New jobs announce themselves; one that is tried again is only found by asking.
      pollingIntervalSeconds: 2,
      notifyPollingIntervalSeconds: 2,
    };
    await boss.work<JobPayloads[JobName]>(name, options, async (batch) => {
      for (const job of batch) await run(name, job.id, job.data);
      // More may wait: whoever of this queue is at rest looks again at once, so that a full queue empties without pauses.
      for (const one of boss.getWipData()) if (one.name === name) boss.notifyWorker(one.id);
    });
  }

  async function run(name: JobName, id: string, payload: JobPayloads[JobName]): Promise<void> {
    const handler = handlers[name] as (payload: JobPayloads[JobName]) => Promise<void>;
    try {
      await (tracing ? tracing.job(name, id, () => handler(payload)) : handler(payload));
    } catch (error) {
      const quiet = quietError(error);
      onError(quiet, `job ${name} ${id}`);
      throw quiet;
    }
  }

  return {
    async stop() {
      await Promise.all(repeating.map((one) => one.stop()));
      await boss.stop({ graceful: true, timeout: 10_000 });
      try {
        await sealer.seal();
        await sealer.anchor();
      } catch (error) {
        onError(quietError(error), 'the last seal');
      }
      await jobs.close();
      await events.close();
      await db.close();
    },
  };
}
