import { setTimeout as delay } from 'node:timers/promises';
import { newPair } from '../attacks/means/cast.ts';
import { type Fault, Findings } from './fault.ts';
import { openProxy } from './means/proxy.ts';
import { pairsOf, startTraffic } from './means/traffic.ts';

/** A network between API and PostgreSQL forgets its connections: nothing arrives any more, and nobody is told. */
export const halfOpenConnections: Fault = {
  id: 'F9',
  title: 'Connections to PostgreSQL carry nothing, and stay open',
  async run(ground) {
    const findings = new Findings();
    const { adminUrl, template } = await ground.server();
    const proxy = await openProxy(Number(new URL(adminUrl).port));
    ground.undoAfterwards(proxy.close);
    const world = await ground.further({ database: { adminUrl: proxy.through(adminUrl), template } });
    const pairs = await pairsOf(4, () => newPair(world));
    const traffic = startTraffic({ ledger: ground.ledgerOf(world), pairs, pause: 60 });
    await traffic.next();
    const rounds = ground.size(3, 1);
    const recoveries: number[] = [];
    let swallowed = 0;
    for (let round = 0; round < rounds; round += 1) {
      swallowed += proxy.swallow();
      const begun = performance.now();
      recoveries.push((await traffic.next()) - begun);
      await delay(6000);
    }
    const seen = await traffic.stop();
    const slowest = Math.max(...recoveries);
    findings.holds(slowest < 10_000, `the next message took ${Math.round(slowest)} ms`);
    findings.holds(seen.slowest < 10_000, `an answer took ${Math.round(seen.slowest)} ms`);
    findings.holds(seen.rude.length === 0, `answers other than "later": ${seen.rude.join(' | ')}`);
    findings.holds(seen.cuts === 0, `${seen.cuts} requests were cut off without an answer`);
    findings.note(
      `${swallowed} connections in ${rounds} rounds; next message at most ${Math.round(slowest)} ms later`,
    );
    findings.note(seen.words);
    return findings.outcome;
  },
};
