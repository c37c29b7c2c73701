import underPressure from '@fastify/under-pressure';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Dependencies } from '../dependencies.ts';
import { ProblemError } from '../problem-error.ts';

/** How long a readiness probe waits for the database, in milliseconds. */
const patience = 2000;

const probe = { access: ['anyone'], probe: true } as const;
const answer = { 200: z.object({ status: z.string() }) };

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Set on the routes that supervisors ask, which must answer when nothing else does. */
    probe?: boolean;
  }
}

/**
 * What a supervisor and a load balancer ask: `/livez`, whether the process is worth keeping, and `/readyz`, whether it
 * can serve, which takes the database with the queue in it. A process that cannot keep up says so at once, instead of
 * letting requests pile up.
 */
export async function useHealth(
  app: FastifyInstance,
  { db, settings }: Pick<Dependencies, 'db' | 'settings'>,
): Promise<void> {
  await app.register(underPressure, {
    maxEventLoopDelay: settings.EVENT_LOOP_DELAY_LIMIT,
    sampleInterval: 500,
    pressureHandler: (request: FastifyRequest) => {
      if (!request.routeOptions.config.probe) throw new ProblemError('unavailable', { retryAfterSeconds: 2 });
    },
  });

  const options = { config: { ...probe, rateLimit: false as const }, schema: { response: answer } };
  app.get('/livez', options, async () => ({ status: 'alive' }));
  app.get('/readyz', options, async () => {
    const late = new Promise<boolean>((resolve) => setTimeout(resolve, patience, false).unref());
    if (!(await Promise.race([db.ping(), late])))
      throw new ProblemError('unavailable', { retryAfterSeconds: 2 });
    return { status: 'ready' };
  });
}
