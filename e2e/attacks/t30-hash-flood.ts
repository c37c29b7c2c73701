import { Agent } from 'node:http';
import { portalHeader } from '@casetalk/contract';
import type { Attack } from './attack.ts';
import { percentile } from './means/statistics.ts';
import { held, hold } from './means/target.ts';
import { ask, freshNetwork } from './means/wire.ts';

const perSecond = 50;

/** A flood of sign-ins, each worth a hash, keeps nobody from being answered. */
export const t30: Attack = {
  id: 'T30',
  title: 'Hash flood stalls the API',
  async run({ target, fast }) {
    const seconds = fast ? 5 : 30;
    const flood = new Agent({ keepAlive: true, maxSockets: 256 });
    const calm = new Agent({ keepAlive: true, maxSockets: 8 });
    const statuses = new Map<number, number>();
    const signIn = async (): Promise<void> => {
      const { status } = await ask(
        target.apiUrl,
        {
          method: 'POST',
          path: '/v1/sessions',
          headers: { 'content-type': 'application/json', [portalHeader]: 'patient', ...freshNetwork() },
          body: JSON.stringify({
            email: `nobody-${crypto.randomUUID()}@example.com`,
            password: 'seven quiet lanterns',
          }),
        },
        flood,
      );
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    };
    const latencies: number[] = [];
    const look = async (): Promise<void> => {
      const { status, took } = await ask(target.apiUrl, { path: '/livez' }, calm);
      hold(status === 200, `/livez answered ${status}`);
      latencies.push(took);
    };
    const under: Promise<void>[] = [];
    const start = performance.now();
    for (let sent = 0; sent < perSecond * seconds; sent += 1) {
      const due = start + (sent * 1000) / perSecond - performance.now();
      if (due > 0) await new Promise((resolve) => setTimeout(resolve, due));
      under.push(signIn(), look());
    }
    await Promise.all(under);
    flood.destroy();
    calm.destroy();
    const p99 = percentile(latencies, 99);
    const said = [...statuses].map(([status, count]) => `${count} × ${status}`).join(', ');
    hold(p99 < 100, `/livez p99 ${p99.toFixed(0)} ms under ${perSecond} sign-ins a second (${said})`);
    const strange = [...statuses.keys()].filter((status) => status !== 401 && status !== 503);
    hold(strange.length === 0, `A sign-in was answered with ${strange.join(', ')}`);
    return held(
      under.length / 2,
      `${perSecond} sign-ins/s for ${seconds} s: /livez p99 ${p99.toFixed(0)} ms; ${said}`,
    );
  },
};
