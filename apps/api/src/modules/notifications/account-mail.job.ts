import type { JobPayloads } from '../../jobs/queue.ts';
import type { WorkerDependencies } from '../../jobs/worker-dependencies.ts';
import { handOver } from '../deliveries/index.ts';
import { accountMail } from './mails/account-mail.ts';
import { notificationRepository } from './notifications.repository.ts';

/** Tells the owner of an account what happened to it. */
export const createAccountMailer =
  ({ db, mailer, settings }: WorkerDependencies) =>
  async ({ kind, portal, personId }: JobPayloads['account.mail']): Promise<void> => {
    const account = await db.transaction((tx) => notificationRepository[portal](tx, personId));
    if (!account) return;
    const portalUrl = portal === 'patient' ? settings.PUBLIC_PATIENT_URL : settings.PUBLIC_CLINICIAN_URL;
    const mail = accountMail(kind, {
      language: account.language,
      practice: portal === 'patient' ? account.practice : null,
      portalUrl,
    });
    await handOver(db, { purpose: 'notice' }, (deliveryId) =>
      mailer.send({ ...mail, to: account.email, deliveryId }),
    );
  };
