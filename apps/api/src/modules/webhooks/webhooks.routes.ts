import { endpoints } from '@casetalk/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { handle } from '../../plugins/contract-routes.ts';
import { notFound, ProblemError } from '../../problem-error.ts';
import type { WebhookService } from './webhooks.service.ts';

export interface SignatureHeaders {
  readonly sendGrid: { readonly signature: string; readonly timestamp: string };
  readonly twilio: string;
}

/** SendGrid sends its events in batches that outgrow the limit of people's requests. */
const largestBatch = 2 * 1024 * 1024;

/**
 * The providers' webhooks. Whoever cannot sign is told that there is nothing here, before anything is read into the
 * body.
 */
export function webhookRoutes(
  app: FastifyInstance,
  webhooks: WebhookService,
  headers: SignatureHeaders,
): void {
  void app.register(async (scope) => {
    const rawBodies = new WeakMap<FastifyRequest, string>();
    scope.removeContentTypeParser('application/json');
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'string', bodyLimit: largestBatch },
      (request, body, done) => {
        const text = body.toString();
        rawBodies.set(request, text);
        try {
          done(null, JSON.parse(text));
        } catch {
          done(new ProblemError('invalid-request', { detail: 'Send well-formed JSON.' }), undefined);
        }
      },
    );
    scope.addHook('preValidation', async (request) => {
      const signature = headerOf(request, headers.sendGrid.signature);
      const timestamp = headerOf(request, headers.sendGrid.timestamp);
      const isSigned = webhooks.isFromSendGrid(rawBodies.get(request) ?? '', signature, timestamp);
      if (!isSigned) throw notFound();
    });
    handle(scope, endpoints.receiveSendGridEvents, { perMinute: 6000 }, async ({ body }) => {
      await webhooks.takeMailEvents(body);
    });
  });

  void app.register(async (scope) => {
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body.toString()))),
    );
    scope.addHook('preValidation', async (request) => {
      const signature = headerOf(request, headers.twilio);
      const form = request.body as Record<string, string> | undefined;
      if (!webhooks.isFromTwilio(request.url, form ?? {}, signature)) throw notFound();
    });
    handle(scope, endpoints.receiveTwilioStatus, { perMinute: 6000 }, async ({ params, body }) => {
      await webhooks.takePhoneStatus(params.deliveryId, body);
    });
  });
}

function headerOf(request: FastifyRequest, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}
