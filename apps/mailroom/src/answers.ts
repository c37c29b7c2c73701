import type { FastifyReply } from 'fastify';
import type { EmailSwitch } from './switches.ts';

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

/** Says of "too many requests" when one may ask again, in the way that is switched (RFC 9110, 10.2.3). */
export function sayWhenAgain(
  reply: FastifyReply,
  { retryAfterSeconds, retryAfterAs }: Pick<EmailSwitch, 'retryAfterSeconds' | 'retryAfterAs'>,
): void {
  if (retryAfterAs === 'seconds') reply.header('retry-after', retryAfterSeconds);
  if (retryAfterAs === 'date') {
    // A date knows no fractions: the next whole second, so that nobody is asked back too early.
    reply.header('retry-after', new Date(Date.now() + retryAfterSeconds * 1000 + 999).toUTCString());
  }
}
