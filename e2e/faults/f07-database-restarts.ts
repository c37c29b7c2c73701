import { setTimeout as delay } from 'node:timers/promises';
import { newPair } from '../attacks/means/cast.ts';
import { percentile } from '../attacks/means/statistics.ts';
import { arranged, type Fault, Findings } from './fault.ts';
import { pairsOf, startTraffic } from './means/traffic.ts';

/** PostgreSQL restarts again and again, by turns politely and as after a power cut, while people write. */
export const databaseRestarts: Fault = {
  id: 'F7',
  title: 'PostgreSQL restarts, fast and immediate, mid-request',
  async run(ground) {
    const findings = new Findings();
    const world = await ground.product();
    const before = world.stack.parts.api.pid;
    const pairs = await pairsOf(4, () => newPair(world));
    const traffic = startTraffic({ ledger: ground.ledgerOf(world), pairs, pause: 60 });
    const recoveries: number[] = [];
    const restarts = ground.size(20, 4);
    for (let restart = 0; restart < restarts; restart += 1) {
      await delay(100 + Math.random() * 500);
      await ground.restartDatabase(world, restart % 2 === 0 ? 'immediate' : 'fast');
      const answering = performance.now();
      recoveries.push((await traffic.next()) - answering);
    }
    const seen = await traffic.stop();
    arranged(seen.acknowledged > restarts, 'people who write');
    const slowest = Math.max(...recoveries);
    findings.holds(slowest < 2000, `the first message after a restart took ${Math.round(slowest)} ms`);
    findings.holds(world.stack.parts.api.pid === before, 'the API’s process ended');
    findings.holds(seen.rude.length === 0, `answers other than "later": ${seen.rude.join(' | ')}`);
    findings.holds(seen.cuts === 0, `${seen.cuts} requests were cut off without an answer`);
    findings.note(
      `${restarts} restarts; first message after PostgreSQL answers: median ${Math.round(percentile(recoveries, 50))} ms, slowest ${Math.round(slowest)} ms`,
    );
    findings.note(seen.words);
    return findings.outcome;
  },
};
