import { Gauge, type Registry } from 'prom-client';
import type { Looking } from '../readiness/readiness.ts';

/** What `/readyz` finds, as figures: looked at anew when Prometheus asks. */
export function meterReadiness(registry: Registry, look: Looking): void {
  const well = new Gauge({
    name: 'casetalk_check_ok',
    help: 'Whether a check of /readyz is well: 1, or 0 when it is degraded or failed.',
    labelNames: ['check'] as const,
    registers: [],
    async collect() {
      const { checks } = await look();
      for (const [check, { status }] of Object.entries(checks)) well.set({ check }, status === 'ok' ? 1 : 0);
    },
  });
  registry.registerMetric(well);
}
