import type { FastifyInstance } from 'fastify';

/**
 * While the server closes, every answer ends its connection. One that is under way at that moment would otherwise leave
 * its connection open and idle, and the server waiting for it as long as keep-alive allows.
 */
export function usePoliteClose(app: FastifyInstance): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close');
  });
}
