import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { ProblemError } from '../problem-error.ts';
import { sendProblem } from './problems.ts';

export interface Closing {
  /** True from the moment on at which the server takes nothing new. */
  readonly hasBegun: boolean;
}

const lookEvery = 100;

/**
 * Closes without cutting an answer. The listener goes at once, so that whoever connects anew is refused before anything
 * was sent, and a load balancer may ask another process. What comes over a connection that is open already gets 503 and
 * the end of that connection; what was begun is answered.
 */
export function useClosing(app: FastifyInstance): Closing {
  let hasBegun = false;
  app.addHook('preClose', async () => {
    hasBegun = true;
    // Closing itself lets go of connections that are idle at that very moment: one whose last bytes are just leaving
    // would be kept for as long as keep-alive lasts.
    const looking = setInterval(() => app.server.closeIdleConnections(), lookEvery);
    app.server.once('close', () => clearInterval(looking));
    // A server that never listened never tells that it closed.
    if (!app.server.listening) clearInterval(looking);
    // Whoever has connected by now is let in: what still waits for it when the listener goes would be reset.
    await nextTurn();
  });
  app.addHook('onRequest', (request, reply, done) => {
    if (!hasBegun || request.routeOptions.config.probe) return done();
    sendProblem(request, reply, new ProblemError('unavailable', { retryAfterSeconds: 1 }));
  });
  return {
    get hasBegun() {
      return hasBegun;
    },
  };
}
