import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { serveAuthenticators } from './authenticator-routes.ts';
import type { Mailbox } from './mailbox.ts';
import type { Message } from './messages.ts';
import type { Office } from './office.ts';
import { address, personSwitches, switches } from './switches.ts';

/** What can be set while the mailroom runs. */
export interface Settings {
  /** Where SendGrid's events are posted; null posts none. */
  eventWebhookUrl: string | null;
}

interface ApiOptions {
  office: Office;
  settings: Settings;
  sendGridPublicKey: string;
}

/** Longest a long-poll may wait. */
const MAX_WAIT_MS = 60_000;

const selection = z.object({
  to: address.optional(),
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(2000).optional(),
});
const waiting = selection.extend({
  timeoutMs: z.coerce.number().int().min(0).max(MAX_WAIT_MS).default(10_000),
});
const settingsBody = z.strictObject({
  eventWebhookUrl: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .nullable(),
});
const digitsBody = z.strictObject({ digits: z.string().regex(/^[0-9*#]{1,20}$/) });
const byId = z.object({ id: z.string().max(200) });

/** Serves the JSON by which tests and the page read and steer the mailroom. */
export function serveApi(app: FastifyInstance, { office, settings, sendGridPublicKey }: ApiOptions): void {
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof z.ZodError) return reply.code(400).send({ error: z.prettifyError(error) });
    return reply.send(error);
  });
  app.addHook('onSend', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });

  serveBox(app, 'emails', office.emails, office);
  serveBox(app, 'texts', office.texts, office);
  serveBox(app, 'calls', office.calls, office);

  app.post('/api/calls/:id/digits', async (request, reply) => {
    const call = office.calls.find(byId.parse(request.params).id);
    const { digits } = digitsBody.parse(request.body);
    if (call === null) return notFound(reply);
    if (call.readings === 0) return reply.code(409).send({ error: 'Nobody has answered this call.' });
    if (call.gather === null) return reply.code(409).send({ error: 'This call asks for no digits.' });
    if (call.gather.action !== null) {
      return reply
        .code(409)
        .send({ error: 'This call goes on elsewhere; the mailroom reads inline TwiML only.' });
    }
    if (call.pressed.length >= 100) return reply.code(409).send({ error: 'Enough was pressed.' });
    // Without an action the same document is read again from its start.
    call.pressed.push(digits);
    call.readings += 1;
    office.calls.changed(call);
    return call;
  });

  app.delete('/api/everything', async (_request, reply) => {
    office.clear();
    return reply.code(204).send();
  });

  app.get('/api/switches', async () => office.switchboard.state);
  app.put('/api/switches', (request) => {
    office.switchboard.replace(switches.parse(request.body));
    office.switchesChanged();
    return office.switchboard.state;
  });
  app.put('/api/switches/:person', (request) => {
    const { person } = z.object({ person: address }).parse(request.params);
    office.switchboard.replaceFor(person, personSwitches.parse(request.body));
    office.switchesChanged();
    return office.switchboard.state;
  });

  serveAuthenticators(app, office.authenticators);

  app.get('/api/settings', async () => settings);
  app.put('/api/settings', (request) => Object.assign(settings, settingsBody.parse(request.body)));
  app.get('/api/sendgrid-public-key', async () => ({ publicKey: sendGridPublicKey }));
}

function serveBox<T extends Message>(
  app: FastifyInstance,
  name: 'emails' | 'texts' | 'calls',
  box: Mailbox<T>,
  office: Office,
): void {
  app.get(`/api/${name}`, async (request) => {
    const { limit, ...wanted } = selection.parse(request.query);
    return box.list(wanted, limit);
  });

  app.get(`/api/${name}/next`, async (request, reply) => {
    const { to, after, timeoutMs } = waiting.parse(request.query);
    const left = new AbortController();
    reply.raw.once('close', () => left.abort());
    const message = await box.next({ to, after }, timeoutMs, left.signal);
    return message ?? reply.code(204).send();
  });

  app.get(`/api/${name}/:id`, async (request, reply) => {
    return box.find(byId.parse(request.params).id) ?? notFound(reply);
  });

  app.post(`/api/${name}/:id/release`, async (request, reply) => {
    const { id } = byId.parse(request.params);
    if (box.find(id) === null || !office.release(id)) return notFound(reply);
    return reply.code(204).send();
  });
}

function notFound(reply: FastifyReply) {
  return reply.code(404).send({ error: 'There is no such message, or it is not held.' });
}
