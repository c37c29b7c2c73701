import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ProblemError } from '../problem-error.ts';
import { networkOf } from '../network.ts';

/**
 * Bounds how often one person, or one network where nobody is signed in, may ask. In memory and per process: a brake
 * for floods. What must hold across processes and restarts (codes, tries, invitations) is counted in PostgreSQL.
 */
export async function useRateLimit(app: FastifyInstance): Promise<void> {
  await app.register(rateLimit, {
    global: true,
    hook: 'preHandler',
    max: 1200,
    timeWindow: 60_000,
    cache: 50_000,
    keyGenerator: (request: FastifyRequest) =>
      'sessionId' in request.actor ? request.actor.sessionId : networkOf(request.ip),
    errorResponseBuilder: (_request, context) =>
      new ProblemError('too-many-requests', {
        retryAfterSeconds: Math.max(1, Math.ceil(context.ttl / 1000)),
      }),
  });
}
