import type { FastifyReply } from 'fastify';

/** Ends a request as a provider that is down does: the connection breaks and nothing is said. */
export function cutConnection(reply: FastifyReply): void {
  reply.hijack();
  reply.raw.socket?.destroy();
}

/** Takes a request and never answers; the socket stays open until the caller or the mailroom gives up. */
export function keepWaiting(reply: FastifyReply): void {
  reply.hijack();
}

/** Runs the work once the answer has gone out, so that no callback overtakes it. */
export function afterAnswer(reply: FastifyReply, work: () => void): void {
  reply.raw.once('close', work);
}
