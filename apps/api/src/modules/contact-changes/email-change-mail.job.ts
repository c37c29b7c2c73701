import { hashSecret } from '../../gateways/random.ts';
import type { JobPayloads } from '../../jobs/queue.ts';
import type { WorkerDependencies } from '../../jobs/worker-dependencies.ts';
import { handOver } from '../deliveries/index.ts';
import { emailChangedMail, emailChangeMail } from '../notifications/index.ts';
import { contactChangeRepository } from './contact-changes.repository.ts';

/** Sends the link to the new address; its secret is made when it leaves, the same in every try, and stands nowhere but in the mail. */
export const createEmailChangeMailer =
  ({ db, mailer, sealer, settings }: WorkerDependencies) =>
  async ({ contactChangeId }: JobPayloads['emailChange.mail']): Promise<void> => {
    const secret = sealer.linkSecret(`email change ${contactChangeId}`);
    const hash = hashSecret(secret);
    const outgoing = await db.transaction(async (tx) => {
      const found = await contactChangeRepository.outgoingLink(tx, contactChangeId);
      return found && (await contactChangeRepository.setToken(tx, contactChangeId, hash)) ? found : undefined;
    });
    if (!outgoing) return;
    const url = new URL(`/email-change#${secret}`, settings.PUBLIC_PATIENT_URL).href;
    const mail = emailChangeMail(outgoing.language, url);
    await handOver(db, { purpose: 'notice' }, (deliveryId) =>
      mailer.send({ ...mail, to: outgoing.email, deliveryId }),
    );
  };

/** Tells the address from before that it signs in no more. */
export const createEmailChangeNotifier =
  ({ db, mailer, settings }: WorkerDependencies) =>
  async ({ contactChangeId }: JobPayloads['emailChange.notice']): Promise<void> => {
    const old = await db.transaction((tx) => contactChangeRepository.oldAddress(tx, contactChangeId));
    if (!old) return;
    const mail = emailChangedMail(old.language, settings.PUBLIC_PATIENT_URL);
    await handOver(db, { purpose: 'notice' }, (deliveryId) =>
      mailer.send({ ...mail, to: old.email, deliveryId }),
    );
  };
