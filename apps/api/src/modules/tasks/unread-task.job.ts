import type { JobPayloads, JobQueue } from '../../jobs/queue.ts';
import type { WorkerDependencies } from '../../jobs/worker-dependencies.ts';
import { handOver } from '../deliveries/index.ts';
import { unreadTaskMail, wayOut } from '../notifications/index.ts';
import { unreadWatchRepository } from './unread-watch.repository.ts';

/** Turns what has been unread for too long into jobs, in one transaction, and lets the clinicians' portals know. */
export const takeDueTasks =
  ({ db, events }: Pick<WorkerDependencies, 'db' | 'events'>, jobs: JobQueue) =>
  async (): Promise<void> => {
    const due = await db.transaction(async (tx) => {
      const taken = await unreadWatchRepository.takeDue(tx);
      for (const { taskId } of taken) await jobs.enqueue(tx, 'unreadTask.mail', { taskId });
      return taken;
    });
    for (const { clinicianId } of due) events.publish([clinicianId], { type: 'task.changed' });
  };

/** One mail for each task; it names nobody. */
export const createUnreadTaskMailer =
  ({ db, mailer, sealer, settings }: WorkerDependencies) =>
  async ({ taskId }: JobPayloads['unreadTask.mail']): Promise<void> => {
    const task = await db.transaction((tx) => unreadWatchRepository.taskToTell(tx, taskId));
    if (!task) return;
    const { caseId, clinicianId, email, reader } = task;
    const talkUrl = new URL(`/cases/${caseId}/patient-talk`, settings.PUBLIC_CLINICIAN_URL).href;
    const stop = wayOut(
      { sealer, settings },
      { mails: 'notices', portal: 'clinician', id: clinicianId },
      email,
    );
    const mail = unreadTaskMail(reader, talkUrl, stop.pageUrl);
    await handOver(db, { purpose: 'notice' }, (deliveryId) =>
      mailer.send({ ...mail, to: email, headers: stop.headers, deliveryId }),
    );
  };
