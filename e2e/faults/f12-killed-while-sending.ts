import { setTimeout as delay } from 'node:timers/promises';
import { newPair } from '../attacks/means/cast.ts';
import { arranged, type Fault, Findings } from './fault.ts';
import { pairsOf, startTraffic } from './means/traffic.ts';

/** Points after the API is ready at which it is killed, and the longest wait, in milliseconds. */
const points = 20;
const longest = 300;

/** The API is killed outright at twenty points, again and again, while people send messages. */
export const killedWhileSending: Fault = {
  id: 'F12',
  title: 'The API is killed while messages are sent',
  async run(ground) {
    const findings = new Findings();
    const world = await ground.product();
    const pairs = await pairsOf(4, () => newPair(world));
    const traffic = startTraffic({ ledger: ground.ledgerOf(world), pairs, pause: 60, retry: 25 });
    const rounds = ground.size(17, 1);
    for (let round = 0; round < rounds; round += 1) {
      for (let point = 0; point < points; point += 1) {
        await delay(((point + Math.random()) / points) * longest);
        await ground.crash(world, 'api');
      }
    }
    const seen = await traffic.stop();
    findings.holds(seen.rude.length === 0, `answers other than "later": ${seen.rude.join(' | ')}`);
    findings.holds(seen.hung === 0, `${seen.hung} requests never got an answer`);
    arranged(seen.cuts > rounds * points, 'requests that are under way when the API is killed');
    findings.note(`${rounds * points} kills; ${seen.words}`);
    return findings.outcome;
  },
};
