import { endpoints } from '@casetalk/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { handle } from '../../plugins/contract-routes.ts';
import { ProblemError } from '../../problem-error.ts';
import type { UnsubscriptionService } from './unsubscriptions.service.ts';

/** More than a form of one field ever has, in bytes. */
const largestForm = 4096;
/** Mail programs press from their own servers: one network speaks for many people. */
const pressesPerMinute = 600;

/** Reads a form by whichever of the two encodings RFC 8058 allows. */
async function readForm(request: FastifyRequest, body: string | Buffer): Promise<Record<string, unknown>> {
  try {
    const type = request.headers['content-type'] ?? '';
    const bytes = Buffer.from(body as string);
    return Object.fromEntries(await new Response(bytes, { headers: { 'content-type': type } }).formData());
  } catch {
    throw new ProblemError('invalid-request', { detail: 'Send a form.' });
  }
}

export function unsubscriptionRoutes(app: FastifyInstance, unsubscriptions: UnsubscriptionService): void {
  handle(app, endpoints.lookUpUnsubscription, { perMinute: 60 }, ({ body }) =>
    unsubscriptions.lookUp(body.token),
  );

  handle(app, endpoints.changeUnsubscription, { perMinute: 30 }, ({ body, origin }) =>
    unsubscriptions.change(body.token, body.stopped, origin),
  );

  handle(app, endpoints.openUnsubscription, { perMinute: 60 }, async ({ params, reply }) => {
    reply.header('location', unsubscriptions.pageOf(params.token));
  });

  void app.register(async (scope) => {
    // Whoever made the address up hears that there is nothing, before anything is read into the body.
    scope.addHook<{ Params: { token: string } }>('onRequest', async ({ params }) =>
      unsubscriptions.requireSealed(params.token),
    );
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      ['application/x-www-form-urlencoded', 'multipart/form-data'],
      { parseAs: 'buffer', bodyLimit: largestForm },
      readForm,
    );
    handle(
      scope,
      endpoints.unsubscribeInOneClick,
      { perMinute: pressesPerMinute },
      async ({ params, origin }) => {
        await unsubscriptions.change(params.token, true, origin);
      },
    );
  });
}
