import type { FastifyInstance } from 'fastify';
import { sendGridHeaders } from '../../gateways/sendgrid-signature.ts';
import { twilioSignatureHeader } from '../../gateways/twilio-callback.ts';
import { webhookRoutes } from './webhooks.routes.ts';
import { createWebhookService, type WebhookNeeds } from './webhooks.service.ts';

/** Calls from the delivery providers. */
export function webhooksModule(needs: WebhookNeeds) {
  const webhooks = createWebhookService(needs);
  return {
    routes: (app: FastifyInstance): void =>
      webhookRoutes(app, webhooks, { sendGrid: sendGridHeaders, twilio: twilioSignatureHeader }),
  };
}
