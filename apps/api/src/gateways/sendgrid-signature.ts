import { EventWebhook } from '@sendgrid/eventwebhook';

/** Headers of SendGrid's signed event webhook. */
export const sendGridHeaders = {
  signature: 'x-twilio-email-event-webhook-signature',
  timestamp: 'x-twilio-email-event-webhook-timestamp',
} as const;

/**
 * Checks the ECDSA signature that SendGrid sets over the timestamp and the raw bytes of the body.
 * @param publicKey the verification key of SendGrid's settings page, base64 of a P-256 SPKI
 */
export function createSendGridSignatureCheck(publicKey: string) {
  const webhook = new EventWebhook();
  const key = webhook.convertPublicKeyToECDSA(publicKey);
  return (rawBody: string, signature: string, timestamp: string): boolean => {
    try {
      return webhook.verifySignature(key, rawBody, signature, timestamp);
    } catch {
      // What is not even a signature makes the library throw.
      return false;
    }
  };
}
