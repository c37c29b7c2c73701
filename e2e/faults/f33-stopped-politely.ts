import { setTimeout as delay } from 'node:timers/promises';
import { request } from 'node:http';
import { newPair } from '../attacks/means/cast.ts';
import { atOnce } from '../attacks/means/in-parallel.ts';
import { comesTrue } from '../attacks/means/target.ts';
import { arranged, type Fault, Findings } from './fault.ts';
import { startTraffic, tryOnce } from './means/traffic.ts';

/** Whatever is recorded in the audit takes two seconds. */
const slow = `
  create function fault_slow() returns trigger language plpgsql as $$ begin perform pg_sleep(2); return new; end $$;
  create trigger fault_slow before insert on audit_events for each row execute function fault_slow()`;
const fast = 'drop trigger fault_slow on audit_events; drop function fault_slow()';

const lives = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Somebody new comes, over a connection of their own. @returns the status; `refused` where none was made, else `cut` */
function knock(url: string): Promise<number | 'refused' | 'cut'> {
  return new Promise((resolve) => {
    const asking = request(`${url}/v1/terms`, { agent: false, timeout: 10_000 }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 'cut');
    });
    asking.on('error', (error: NodeJS.ErrnoException) =>
      resolve(error.syscall === 'connect' ? 'refused' : 'cut'),
    );
    asking.on('timeout', () => asking.destroy());
    asking.end();
  });
}

/** The API is asked to stop, as every deployment does, with fifty requests under way. */
export const stoppedPolitely: Fault = {
  id: 'F33',
  title: 'SIGTERM with fifty requests under way',
  async run(ground) {
    const findings = new Findings();
    const world = await ground.further({ settings: { DATABASE_POOL_SIZE: '60' } });
    const ledger = ground.ledgerOf(world);
    const pair = await newPair(world);
    const { pid } = world.stack.parts.api;
    await world.database.rows(slow);
    const begun = performance.now();
    const reading = atOnce(50, () => tryOnce(pair.doctor, { path: `/v1/talks/${pair.talkId}/messages` }));
    await delay(800);
    process.kill(pid, 'SIGTERM');
    const asked = performance.now();
    const newcomers = new Map<string, number>();
    const served: unknown[] = [];
    while (lives(pid) && performance.now() - asked < 35_000) {
      const came = String(await knock(world.apiUrl));
      newcomers.set(came, (newcomers.get(came) ?? 0) + 1);
      await delay(100);
    }
    const drained = (performance.now() - asked) / 1000;
    const tries = await reading;
    for (const { answer } of tries) if (answer?.status === 200) served.push(JSON.parse(answer.text));
    await world.database.rows(fast);
    arranged(
      tries.some(({ took }) => begun + took > asked + 500),
      'requests that are under way',
    );
    const polite = tries.filter(
      ({ answer }) => answer?.status === 503 && answer.headers['retry-after'] !== undefined,
    );
    const cut = tries.filter(({ answer }) => answer === undefined);
    findings.holds(cut.length === 0, `${cut.length} of ${tries.length} replies were cut`);
    findings.holds(
      served.length + polite.length + cut.length === tries.length,
      `${tries.length - served.length - polite.length - cut.length} other answers`,
    );
    findings.holds(served.length > 40, `only ${served.length} of ${tries.length} were served`);
    findings.holds(drained < 30, `it took ${drained.toFixed(1)} s to drain`);
    findings.holds(!newcomers.has('cut'), `${newcomers.get('cut')} newcomers were cut off`);
    const isBack = await comesTrue(async () => (await knock(world.apiUrl)) === 200, 15_000, 100);
    findings.holds(isBack, 'the API does not come back');
    const traffic = startTraffic({ ledger, pairs: [pair] });
    await traffic.next();
    await traffic.stop();
    findings.note(
      `${served.length} of ${tries.length} served, ${polite.length} × 503, ${cut.length} cut; drained in ${drained.toFixed(1)} s; newcomers meanwhile: ${[...newcomers].map(([what, times]) => `${times} × ${what}`).join(', ')}`,
    );
    return findings.outcome;
  },
};
