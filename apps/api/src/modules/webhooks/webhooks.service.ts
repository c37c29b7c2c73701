import type { Dependencies } from '../../dependencies.ts';
import { createSendGridSignatureCheck } from '../../gateways/sendgrid-signature.ts';
import type { Phone } from '../../gateways/phone.ts';
import {
  answeredByMachine,
  createTwilioSignatureCheck,
  readTwilioReport,
} from '../../gateways/twilio-callback.ts';
import { deliveryRepository, readMailEvent } from '../deliveries/index.ts';
import { mailingRepository } from '../invitations/index.ts';
import { recordCodeFate } from '../verifications/index.ts';

export type WebhookNeeds = Pick<Dependencies, 'db' | 'events' | 'settings'> & {
  readonly phone: Pick<Phone, 'hangUp'>;
};

/** What the delivery providers report. Only signed words count, each once, and none moves anything back. */
export function createWebhookService({ db, events, phone, settings }: WebhookNeeds) {
  const isSendGrid = createSendGridSignatureCheck(settings.SENDGRID_WEBHOOK_PUBLIC_KEY);

  const tell = (told: { clinicianId: string; invitationId: string; caseId: string } | undefined): void => {
    if (!told) return;
    const { clinicianId, invitationId, caseId } = told;
    events.publish([clinicianId], { type: 'invitation.changed', invitationId, caseId });
  };

  return {
    isFromSendGrid: isSendGrid,

    isFromTwilio: (path: string, form: Record<string, string>, signature: string): boolean =>
      createTwilioSignatureCheck({
        authToken: settings.TWILIO_AUTH_TOKEN,
        publicUrl: settings.PUBLIC_API_URL,
      })(path, form, signature),

    async takeMailEvents(batch: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
      for (const event of batch) {
        const report = readMailEvent(event);
        if (!report) continue;
        const { deliveryId, state, reason } = report;
        const told = await db.transaction(async (tx) => {
          const moved = await deliveryRepository.move(tx, deliveryId, state, reason, state !== 'deferred');
          if (!moved?.invitationId || moved.linkNumber === null) return undefined;
          // Of a reminder only that it came back, or was unwelcome, says something of the invitation.
          if (moved.purpose === 'reminder' && state !== 'bounced' && state !== 'spam') return undefined;
          if (!(await deliveryRepository.isNewestOfLink(tx, moved))) return undefined;
          return mailingRepository.setDelivery(tx, moved.invitationId, moved.linkNumber, state, reason);
        });
        tell(told);
      }
    },

    async takePhoneStatus(deliveryId: string, form: Record<string, string>): Promise<void> {
      const report = readTwilioReport(form);
      if (!report) return;
      const unheard = answeredByMachine(form);
      if (unheard !== undefined) await phone.hangUp(unheard);
      const { state, reason } = report;
      const told = await db.transaction(async (tx) => {
        const moved = await deliveryRepository.move(tx, deliveryId, state, reason, state !== 'sent');
        if (!moved?.verificationId) return undefined;
        const { verificationId } = moved;
        return recordCodeFate(tx, { deliveryId, verificationId }, state, reason);
      });
      tell(told);
    },
  };
}

export type WebhookService = ReturnType<typeof createWebhookService>;
