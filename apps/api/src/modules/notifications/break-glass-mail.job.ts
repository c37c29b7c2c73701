import type { JobPayloads } from '../../jobs/queue.ts';
import type { WorkerDependencies } from '../../jobs/worker-dependencies.ts';
import { handOver } from '../deliveries/index.ts';
import { breakGlassMail } from './mails/break-glass-mail.ts';
import { notificationRepository } from './notifications.repository.ts';

/** Tells one of a talk's two people that an administrator opened it: where to look, and nothing of why or whose. */
export const createBreakGlassMailer =
  ({ db, mailer, settings }: WorkerDependencies) =>
  async ({ grantId, reader }: JobPayloads['breakGlass.mail']): Promise<void> => {
    const person = await db.transaction((tx) => notificationRepository.readerOfGrant(tx, grantId, reader));
    if (!person) return;
    const { caseId, email, language, practice } = person;
    const url =
      reader === 'patient'
        ? settings.PUBLIC_PATIENT_URL
        : new URL(`/cases/${caseId}/patient-talk`, settings.PUBLIC_CLINICIAN_URL).href;
    const mail = breakGlassMail({ reader, language, practice, url });
    await handOver(db, { purpose: 'notice' }, (deliveryId) =>
      mailer.send({ ...mail, to: email, deliveryId }),
    );
  };
