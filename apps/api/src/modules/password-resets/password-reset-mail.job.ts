import { hashSecret } from '../../gateways/random.ts';
import type { JobPayloads } from '../../jobs/queue.ts';
import type { WorkerDependencies } from '../../jobs/worker-dependencies.ts';
import { handOver } from '../deliveries/index.ts';
import { passwordResetMail } from '../notifications/index.ts';
import { passwordResetRepository } from './password-resets.repository.ts';

/** The link's secret is made when it leaves, the same in every try, and stands nowhere but in the mail. */
export const createPasswordResetMailer =
  ({ db, mailer, sealer, settings }: WorkerDependencies) =>
  async ({ passwordResetId }: JobPayloads['passwordReset.mail']): Promise<void> => {
    const secret = sealer.linkSecret(`password reset ${passwordResetId}`);
    const hash = hashSecret(secret);
    const outgoing = await db.transaction(async (tx) => {
      const found = await passwordResetRepository.outgoing(tx, passwordResetId);
      return found && (await passwordResetRepository.setToken(tx, passwordResetId, hash)) ? found : undefined;
    });
    if (!outgoing) return;
    const { portal, email, language } = outgoing;
    const base = portal === 'patient' ? settings.PUBLIC_PATIENT_URL : settings.PUBLIC_CLINICIAN_URL;
    const mail = passwordResetMail(language, new URL(`/password-reset#${secret}`, base).href);
    await handOver(db, { purpose: 'notice' }, (deliveryId) =>
      mailer.send({ ...mail, to: email, deliveryId }),
    );
  };
