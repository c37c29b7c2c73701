import type { FastifyInstance, FastifyReply } from 'fastify';
import * as z from 'zod';
import type { Looking } from '../readiness/readiness.ts';
import type { Readiness } from '../readiness/readiness.rules.ts';
import type { Settings } from '../settings.ts';
import type { Closing } from './closing.ts';
import { usePressure } from './pressure.ts';

const probe = { access: ['anyone'], probe: true, rateLimit: false } as const;

const alive = z.object({ status: z.literal('alive') });
const check = z.object({ status: z.enum(['ok', 'degraded', 'failed']), reason: z.string().optional() });
const readiness = z.object({
  status: z.enum(['ready', 'degraded', 'unready', 'stopping']),
  checks: z
    .object({ database: check, migrations: check, keys: check, queue: check, files: check, events: check })
    .optional(),
});

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Set on the routes that supervisors ask, which must answer when nothing else does. */
    probe?: boolean;
  }
}

export interface Health {
  readonly settings: Pick<Settings, 'EVENT_LOOP_DELAY_LIMIT'>;
  readonly look: Looking;
  readonly closing: Closing;
}

/**
 * What a supervisor and a load balancer ask: `/livez`, whether the process is worth keeping, and `/readyz`, whether it
 * can serve, and what of it does not work. A process that cannot keep up says so at once, instead of letting requests pile
 * up.
 */
export function useHealth(app: FastifyInstance, { settings, look, closing }: Health): void {
  usePressure(app, settings.EVENT_LOOP_DELAY_LIMIT);

  app.get('/livez', { config: probe, schema: { response: { 200: alive } } }, async () => ({
    status: 'alive',
  }));

  const tell = teller(app);
  const schema = { response: { 200: readiness, 503: readiness } };
  app.get('/readyz', { config: probe, schema }, async (_request, reply): Promise<FastifyReply> => {
    if (closing.hasBegun) return reply.code(503).header('retry-after', 1).send({ status: 'stopping' });
    const found = await look();
    tell(found);
    if (found.status === 'unready') void reply.code(503).header('retry-after', 2);
    return reply.send(found);
  });
}

/** Says in the log what changes, not what each probe finds. */
function teller({ log }: FastifyInstance): (readiness: Readiness) => void {
  let told = '';
  return ({ status, checks }) => {
    const why = Object.entries(checks)
      .filter(([, { reason }]) => reason !== undefined)
      .map(([name, { reason }]) => `${name}: ${reason}`)
      .join('; ');
    if (why === told) return;
    told = why;
    if (why === '') log.info('ready: every check is well');
    else log.warn({ why }, status === 'unready' ? 'not ready' : 'ready, but not everything works');
  };
}
