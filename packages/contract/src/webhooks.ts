import * as z from 'zod';
import { endpoint } from './endpoint.ts';

/** SendGrid's event webhook: an array of events, signed with ECDSA over the raw body. */
export const receiveSendGridEvents = endpoint({
  method: 'POST',
  path: '/v1/webhooks/sendgrid',
  tag: 'webhooks',
  summary: 'SendGrid’s event webhook',
  access: ['provider'],
  body: z
    .array(z.looseObject({ event: z.string().max(64) }))
    .max(10_000)
    .meta({ id: 'SendGridEvents' }),
  status: 204,
  problems: [],
});

/** Twilio's status callback for texts and calls: a form, signed with the account's token. */
export const receiveTwilioStatus = endpoint({
  method: 'POST',
  path: '/v1/webhooks/twilio/{deliveryId}',
  tag: 'webhooks',
  summary: 'Twilio’s status callback',
  description: 'A body of type application/x-www-form-urlencoded.',
  access: ['provider'],
  params: z.strictObject({ deliveryId: z.uuid() }),
  body: z.record(z.string().max(64), z.string().max(1024)).meta({ id: 'TwilioStatus' }),
  status: 204,
  problems: [],
});
