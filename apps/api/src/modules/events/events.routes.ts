import '@fastify/sse';
import { endpoints } from '@casetalk/contract';
import type { FastifyInstance } from 'fastify';
import { handle } from '../../plugins/contract-routes.ts';
import { ProblemError } from '../../problem-error.ts';
import type { EventHub } from './event-hub.ts';

export interface EventNeeds {
  readonly events: EventHub;
  /** Which of these sessions still live: a stream must not outlive the session that opened it. */
  readonly aliveAmong: (sessionIds: readonly string[]) => Promise<string[]>;
}

interface OpenStream {
  /** Says that the session is over, and closes. */
  end(): void;
  close(): void;
}

/** Portal tabs that one session may have open. */
const mostStreams = 30;
/** How often the sessions of all open streams are asked after, in milliseconds. */
const checkEvery = 15_000;

/** The event stream: one for each open portal tab. */
export function eventRoutes(app: FastifyInstance, { events, aliveAmong }: EventNeeds): void {
  const streams = new Map<string, Set<OpenStream>>();
  const endAll = (sessionId: string): void => {
    for (const stream of streams.get(sessionId) ?? []) stream.end();
  };
  events.onSessionEnd(endAll);
  // A stream that opens again is its portal's sign to ask for what it may have missed.
  events.onReopen(closeAll);

  let isClosing = false;
  const check = setInterval(() => void closeOrphans(), checkEvery).unref();
  app.addHook('preClose', async () => {
    clearInterval(check);
    isClosing = true;
    // The sessions live on: their portals open the stream again on whichever process is there.
    closeAll();
  });

  function closeAll(): void {
    for (const mine of streams.values()) for (const stream of mine) stream.close();
  }

  async function closeOrphans(): Promise<void> {
    const open = [...streams.keys()];
    if (open.length === 0) return;
    try {
      const alive = new Set(await aliveAmong(open));
      for (const sessionId of open) if (!alive.has(sessionId)) endAll(sessionId);
    } catch (error) {
      app.log.warn(
        { code: (error as { code?: unknown }).code },
        'the sessions of open streams could not be checked',
      );
    }
  }

  handle(app, endpoints.streamEvents, { passive: true }, async ({ actor, reply }) => {
    // Asked for just before the others were closed: nobody would close this one.
    if (isClosing) throw new ProblemError('unavailable', { retryAfterSeconds: 1 });
    if ((streams.get(actor.sessionId)?.size ?? 0) >= mostStreams) {
      throw new ProblemError('too-many-requests', { retryAfterSeconds: 15 });
    }
    const { sse } = reply;
    sse.keepAlive();
    const mine = streams.get(actor.sessionId) ?? new Set();
    streams.set(actor.sessionId, mine);
    const stream: OpenStream = {
      end: () => void sse.send({ data: { type: 'session.ended' } }).finally(() => sse.close()),
      close: () => sse.close(),
    };
    mine.add(stream);
    const stop = events.listen({
      personId: actor.id,
      sessionId: actor.sessionId,
      send: (event) => void sse.send({ data: event }).catch(() => sse.close()),
    });
    sse.onClose(() => {
      stop();
      mine.delete(stream);
      if (mine.size === 0) streams.delete(actor.sessionId);
    });
    // The head and a first comment leave at once, so that the client knows that the stream is open.
    sse.sendHeaders();
    reply.raw.write(': open\n\n');
    // From here on the stream is ours: Fastify must not try to answer when it ends.
    reply.hijack();
    return reply;
  });
}
