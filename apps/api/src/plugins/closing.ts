import type { FastifyInstance } from 'fastify';

const lookEvery = 100;

/**
 * Lets go of connections that fall idle while the server closes. Closing itself lets go only of those that are idle at
 * that very moment: one whose last bytes are just leaving would be kept for as long as keep-alive lasts.
 */
export function useClosing(app: FastifyInstance): void {
  app.addHook('preClose', async () => {
    const looking = setInterval(() => app.server.closeIdleConnections(), lookEvery);
    app.server.once('close', () => clearInterval(looking));
    // A server that never listened never tells that it closed.
    if (!app.server.listening) clearInterval(looking);
  });
}
