import { Server, type Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { ProblemError } from '../problem-error.ts';
import { sendProblem } from './problems.ts';

export interface Closing {
  /** True from the moment on at which the server takes nothing new. */
  readonly hasBegun: boolean;
}

const lookEvery = 100;
/** How long those are waited for, in milliseconds, who connected just before: their request is on its way. */
const newcomersWithin = 1000;

/**
 * Closes without cutting an answer. The listener goes first, so that whoever connects anew is refused before anything was
 * sent, and a load balancer may ask another process. What comes over a connection that is open already gets 503 and the
 * end of that connection; what was begun is answered.
 */
export function useClosing(app: FastifyInstance): Closing {
  let hasBegun = false;
  let letIn = 0;
  /** Who connected and asked nothing yet. Node takes them for idle, and would reset them while their request arrives. */
  const newcomers = new Set<Socket>();
  app.server.on('connection', (socket: Socket) => {
    letIn += 1;
    newcomers.add(socket);
    socket.once('close', () => newcomers.delete(socket));
  });
  app.server.on('request', ({ socket }: { readonly socket: Socket }) => newcomers.delete(socket));

  /** The listener alone: the server's own `close` ends idle connections too. Who waits for it would be reset with it. */
  async function closeListener(until: number): Promise<void> {
    // A turn of the event loop lets one in; the first of the two may be half over.
    for (let before = -1; before < letIn && performance.now() < until; ) {
      before = letIn;
      await nextTurn();
      await nextTurn();
    }
    Server.prototype.close.call(app.server);
  }

  app.addHook('preClose', async () => {
    hasBegun = true;
    // A server that never listened never tells that it closed.
    if (!app.server.listening) return;
    const until = performance.now() + newcomersWithin;
    await closeListener(until);
    while (newcomers.size > 0 && performance.now() < until) await delay(5);
    // Closing itself lets go of connections that are idle at that very moment: one whose last bytes are just leaving
    // would be kept for as long as keep-alive lasts.
    const looking = setInterval(() => app.server.closeIdleConnections(), lookEvery);
    app.server.once('close', () => clearInterval(looking));
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
