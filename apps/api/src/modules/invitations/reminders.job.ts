import { hashSecret } from '../../gateways/random.ts';
import type { JobPayloads, JobQueue } from '../../jobs/queue.ts';
import type { WorkerDependencies } from '../../jobs/worker-dependencies.ts';
import { handOver } from '../deliveries/index.ts';
import { invitationReminderMail, wayOut } from '../notifications/index.ts';
import { reminderRepository } from './reminders.repository.ts';

/** Turns reminders that are due into jobs, in one transaction: none is lost, none is made twice. */
export const createReminderPoll =
  ({ db }: Pick<WorkerDependencies, 'db'>, jobs: JobQueue) =>
  (): Promise<void> =>
    db.transaction(async (tx) => {
      for (const reminderId of await reminderRepository.claimDue(tx)) {
        await jobs.enqueue(tx, 'invitation.reminder', { reminderId });
      }
    });

/**
 * Reminds an invitee. The link is a further one to the same invitation: whoever opens the first mail again, or is in the
 * middle of registering, goes on undisturbed.
 */
export const createReminderMailer =
  ({ db, events, mailer, sealer, settings }: WorkerDependencies) =>
  async ({ reminderId }: JobPayloads['invitation.reminder']): Promise<void> => {
    // The same one in every try: a mail that left unnoticed and the one that follows it carry one link.
    const secret = sealer.linkSecret(`reminder ${reminderId}`);
    const outgoing = await db.transaction((tx) =>
      reminderRepository.setLink(tx, reminderId, hashSecret(secret)),
    );
    if (!outgoing) return;
    const { email, invitationId, caseId, clinicianId, linkNumber, ...facts } = outgoing;
    const url = new URL(`/invitation#${secret}`, settings.PUBLIC_PATIENT_URL).href;
    const stop = wayOut(
      { sealer, settings },
      { mails: 'reminders', portal: 'patient', id: invitationId },
      email,
    );
    const mail = invitationReminderMail({ ...facts, url, stopUrl: stop.pageUrl });
    let isTaken = true;
    await handOver(
      db,
      { purpose: 'reminder', invitationId, linkNumber },
      (deliveryId) => mailer.send({ ...mail, to: email, headers: stop.headers, deliveryId }),
      {
        refused: async () => {
          isTaken = false;
        },
      },
    );
    if (!isTaken) return;
    await db.transaction((tx) => reminderRepository.markSent(tx, reminderId));
    events.publish([clinicianId], { type: 'invitation.changed', invitationId, caseId });
  };
