import type { Tx } from '../../db/database.ts';
import { hashSecret } from '../../gateways/random.ts';
import type { JobPayloads } from '../../jobs/queue.ts';
import type { WorkerDependencies } from '../../jobs/worker-dependencies.ts';
import { handOver } from '../deliveries/index.ts';
import { invitationMail } from '../notifications/index.ts';
import { mailingRepository, type Told } from './mailing.repository.ts';

/**
 * Sends an invitation's mail. The link's secret is made here and stands nowhere but in the mail. It belongs to the link's
 * number and the address, so that a job that is tried again mails the same link: when a provider takes a mail and never
 * says so, it arrives twice, and either one works.
 */
export const createInvitationMailer =
  ({ db, events, mailer, sealer, settings }: WorkerDependencies) =>
  async ({ invitationId, linkNumber }: JobPayloads['invitation.mail']): Promise<void> => {
    const secretFor = (email: string): string =>
      sealer.linkSecret(`invitation ${invitationId} ${linkNumber} ${email}`);
    const outgoing = await db.transaction((tx) =>
      mailingRepository.setLink(tx, invitationId, linkNumber, (email) => hashSecret(secretFor(email))),
    );
    if (!outgoing) return;
    const { email, patientId, ...facts } = outgoing;
    const secret = secretFor(email);
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
