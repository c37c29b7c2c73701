import type { Tx } from '../../db/database.ts';
import type { JobPayloads, JobQueue } from '../../jobs/queue.ts';
import type { WorkerDependencies } from '../../jobs/worker-dependencies.ts';
import { handOver } from '../deliveries/index.ts';
import { talkNoticeMail, talkNoticeText } from './mails/talk-notice-mail.ts';
import { notificationRepository } from './notifications.repository.ts';
import { wayOut } from './unsubscribe-address.ts';

/**
 * Turns notices that are due into jobs, in one transaction: none is lost, none is made twice.
 * @param watch notes first what is unread since when
 */
export const createNoticePoll =
  ({ db }: Pick<WorkerDependencies, 'db'>, jobs: JobQueue, watch: (tx: Tx) => Promise<void>) =>
  (): Promise<void> =>
    db.transaction(async (tx) => {
      await watch(tx);
      for (const due of await notificationRepository.claimDue(tx)) await jobs.enqueue(tx, 'talk.notice', due);
    });

/** A text that comes hours late tells nothing new, in seconds. */
const textLife = 4 * 3600;

/** One mail or text for a burst of messages, and only if they are still unread. */
export const createTalkNoticeMailer =
  ({ db, mailer, phone, sealer, settings }: WorkerDependencies) =>
  async ({ talkId, reader }: JobPayloads['talk.notice']): Promise<void> => {
    const person = await db.transaction((tx) => notificationRepository.readerOf(tx, talkId, reader));
    if (!person) return;
    const { id, email, mobile, language, practice } = person;
    const portalUrl = reader === 'patient' ? settings.PUBLIC_PATIENT_URL : settings.PUBLIC_CLINICIAN_URL;
    if (mobile !== null) {
      const body = talkNoticeText(language, practice.name, portalUrl);
      await handOver(db, { purpose: 'notice' }, (deliveryId) =>
        phone.sendText({
          to: mobile,
          body,
          statusCallback: new URL(`/v1/webhooks/twilio/${deliveryId}`, settings.PUBLIC_API_URL).href,
          validSeconds: textLife,
        }),
      );
      return;
    }
    const stop = wayOut({ sealer, settings }, { mails: 'notices', portal: reader, id }, email);
    const mail = talkNoticeMail({ reader, language, practice, portalUrl, stopUrl: stop.pageUrl });
    await handOver(db, { purpose: 'notice' }, (deliveryId) =>
      mailer.send({ ...mail, to: email, headers: stop.headers, deliveryId }),
    );
  };
