import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance } from 'fastify';
import { TurnedAway } from '../turned-away.ts';

/** How often the delay of the event loop is looked at, and how finely it is measured, in milliseconds. */
const lookEvery = 500;
const resolution = 10;

/**
 * Turns requests away while the event loop is late: everything but probes gets 503 until the next look. Takes nothing from
 * the system to find out, so that it works when there is nothing left, such as a descriptor.
 * @param limit the mean delay beyond which it is too much, in milliseconds; nought never is
 */
export function usePressure(app: FastifyInstance, limit: number): void {
  if (limit === 0) return;
  const delay = monitorEventLoopDelay({ resolution });
  let isLate = false;
  let looking: NodeJS.Timeout | undefined;
  // How long the start keeps the loop busy says nothing of what can be served.
  app.addHook('onReady', async () => {
    delay.enable();
    let lookedAt = performance.now();
    looking = setInterval(() => {
      const now = performance.now();
      // Without a single sample there is no mean: the loop stood still all the time.
      const late = Number.isNaN(delay.mean) ? now - lookedAt : delay.mean / 1e6 - resolution;
      isLate = late > limit;
      lookedAt = now;
      delay.reset();
    }, lookEvery).unref();
  });
  app.addHook('onRequest', async (request) => {
    if (isLate && !request.routeOptions.config.probe) throw new TurnedAway();
  });
  app.addHook('onClose', async () => {
    clearInterval(looking);
    delay.disable();
  });
}
