import type { FastifyInstance } from 'fastify';
import { sendGridHeaders } from '../../gateways/sendgrid-signature.ts';
import { twilioSignatureHeader } from '../../gateways/twilio-callback.ts';
import { createTwilioPhone } from '../../gateways/twilio-phone.ts';
import { webhookRoutes } from './webhooks.routes.ts';
import { createWebhookService, type WebhookNeeds } from './webhooks.service.ts';

/** Calls from the delivery providers. */
export function webhooksModule(needs: Omit<WebhookNeeds, 'phone'>) {
  const webhooks = createWebhookService({ ...needs, phone: createTwilioPhone(needs.settings) });
  return {
    routes: (app: FastifyInstance): void =>
      webhookRoutes(app, webhooks, { sendGrid: sendGridHeaders, twilio: twilioSignatureHeader }),
  };
}
