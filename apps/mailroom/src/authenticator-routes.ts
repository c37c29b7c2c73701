import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Authenticators } from './authenticators.ts';

const wanted = z.object({ name: z.string().max(320).optional() });
const newAccount = z.strictObject({
  /** A setup key or an `otpauth://` address. */
  key: z.string().min(1).max(2000),
  name: z.string().max(320).optional(),
});
const byId = z.object({ id: z.string().max(200) });

/** Serves the authenticator's accounts and their codes as JSON. Errors are answered as the rest of the JSON does. */
export function serveAuthenticators(app: FastifyInstance, authenticators: Authenticators): void {
  app.get('/api/authenticators', (request) => authenticators.list(wanted.parse(request.query).name));

  app.post('/api/authenticators', async (request, reply) => {
    const { key, name } = newAccount.parse(request.body);
    try {
      return reply.code(201).send(authenticators.add(key, name));
    } catch (error) {
      return reply.code(400).send({ error: error instanceof Error ? error.message : String(error) });
    }
  });

  app.get('/api/authenticators/:id', async (request, reply) => {
    return authenticators.find(byId.parse(request.params).id) ?? missing(reply);
  });

  app.delete('/api/authenticators/:id', async (request, reply) => {
    if (!authenticators.remove(byId.parse(request.params).id)) return missing(reply);
    return reply.code(204).send();
  });
}

function missing(reply: { code(status: number): { send(body: unknown): unknown } }) {
  return reply.code(404).send({ error: 'There is no such account.' });
}
