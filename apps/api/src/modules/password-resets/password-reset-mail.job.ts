import { newSecret } from '../../gateways/random.ts';
import type { JobPayloads } from '../../jobs/queue.ts';
import type { WorkerDependencies } from '../../jobs/worker-dependencies.ts';
import { handOver } from '../deliveries/index.ts';
import { passwordResetMail } from '../notifications/index.ts';
import { passwordResetRepository } from './password-resets.repository.ts';

/** Mints the link's secret when it leaves, so that it stands nowhere but in the mail. */
export const createPasswordResetMailer =
  ({ db, mailer, settings }: WorkerDependencies) =>
  async ({ passwordResetId }: JobPayloads['passwordReset.mail']): Promise<void> => {
    const { secret, hash } = newSecret();
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
