import type { Tx } from '../../db/database.ts';
import { newSecret } from '../../gateways/random.ts';
import type { JobPayloads } from '../../jobs/queue.ts';
import type { WorkerDependencies } from '../../jobs/worker-dependencies.ts';
import { handOver } from '../deliveries/index.ts';
import { invitationMail } from '../notifications/index.ts';
import { mailingRepository, type Told } from './mailing.repository.ts';

/**
 * Sends an invitation's mail. The link's secret is minted here and stands nowhere but in the mail; a job that is tried again mints
 * another, and the last mail that leaves is the one whose link works.
 */
export const createInvitationMailer =
  ({ db, events, mailer, settings }: WorkerDependencies) =>
  async ({ invitationId, linkNumber }: JobPayloads['invitation.mail']): Promise<void> => {
    const { secret, hash } = newSecret();
    const outgoing = await db.transaction((tx) =>
      mailingRepository.mintLink(tx, invitationId, linkNumber, hash),
    );
    if (!outgoing) return;
    const { email, patientId, ...facts } = outgoing;
    const url = new URL(`/invitation#${secret}`, settings.PUBLIC_PATIENT_URL).href;
    const mail = invitationMail({ ...facts, url });
    let told: Told | undefined;
    const keep = (delivery: 'sent' | 'failed') => async (tx: Tx, _id: string, reason?: string) => {
      told = await mailingRepository.setDelivery(tx, invitationId, linkNumber, delivery, reason ?? null);
    };
    await handOver(
      db,
      { purpose: 'invitation', invitationId, linkNumber },
      (deliveryId) => mailer.send({ ...mail, to: email, deliveryId }),
      { handedOver: keep('sent'), refused: keep('failed') },
    );
    if (told) {
      const { clinicianId, caseId } = told;
      events.publish([clinicianId], { type: 'invitation.changed', invitationId, caseId });
    }
    if (patientId) events.publish([patientId], { type: 'invitation.received' });
  };
