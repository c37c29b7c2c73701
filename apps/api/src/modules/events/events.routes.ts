import '@fastify/sse';
import { endpoints } from '@casetalk/contract';
import type { FastifyInstance } from 'fastify';
import { handle } from '../../plugins/contract-routes.ts';
import type { EventHub } from './event-hub.ts';

/** The event stream: one for each open portal tab. */
export function eventRoutes(app: FastifyInstance, { events }: { events: EventHub }): void {
  const closers = new Map<string, Set<() => void>>();
  events.onSessionEnd((sessionId) => {
    for (const close of closers.get(sessionId) ?? []) close();
  });

  handle(app, endpoints.streamEvents, { passive: true }, async ({ actor, reply }) => {
    const { sse } = reply;
    sse.keepAlive();
    const closeWithWord = (): void => {
      void sse.send({ data: { type: 'session.ended' } }).finally(() => sse.close());
    };
    const mine = closers.get(actor.sessionId) ?? new Set();
    mine.add(closeWithWord);
    closers.set(actor.sessionId, mine);
    const stop = events.listen({
      personId: actor.id,
      sessionId: actor.sessionId,
      send: (event) => void sse.send({ data: event }).catch(() => sse.close()),
    });
    sse.onClose(() => {
      stop();
      mine.delete(closeWithWord);
      if (mine.size === 0) closers.delete(actor.sessionId);
    });
    // The head and a first comment leave at once, so that the client knows that the stream is open.
    sse.sendHeaders();
    reply.raw.write(': open\n\n');
    // From here on the stream is ours: Fastify must not try to answer when it ends.
    reply.hijack();
    return reply;
  });
}
