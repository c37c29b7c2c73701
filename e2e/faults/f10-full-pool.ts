import { newPair } from '../attacks/means/cast.ts';
import { atOnce } from '../attacks/means/in-parallel.ts';
import { arranged, type Fault, Findings } from './fault.ts';
import { tryOnce } from './means/traffic.ts';

/** Whatever is recorded in the audit takes three seconds: every reading of a talk holds its connection for so long. */
const slow = `
  create function fault_slow() returns trigger language plpgsql as $$ begin perform pg_sleep(3); return new; end $$;
  create trigger fault_slow before insert on audit_events for each row execute function fault_slow()`;
const fast = 'drop trigger fault_slow on audit_events; drop function fault_slow()';

/** Fifty slow queries at once, many more than the pool has connections. */
export const fullPool: Fault = {
  id: 'F10',
  title: 'Fifty slow queries take every connection',
  async run(ground) {
    const findings = new Findings();
    const world = await ground.further();
    const { doctor, talkId } = await newPair(world);
    await world.database.rows(slow);
    const path = `/v1/talks/${talkId}/messages`;
    const reading = atOnce(50, () => tryOnce(doctor, { path }));
    const alive: number[] = [];
    let isOver = false;
    void reading.then(() => (isOver = true));
    while (!isOver) {
      const asked = performance.now();
      const answer = await fetch(`${world.apiUrl}/livez`);
      await answer.body?.cancel();
      findings.holds(answer.ok, `/livez answers ${answer.status}`);
      alive.push(performance.now() - asked);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const tries = await reading;
    await world.database.rows(fast);
    const served = tries.filter(({ answer }) => answer?.status === 200);
    const refused = tries.filter(({ answer }) => answer?.status === 503);
    const slowestRefusal = Math.max(0, ...refused.map(({ took }) => took));
    arranged(refused.length > 0, 'more queries than connections');
    findings.holds(
      served.length + refused.length === tries.length,
      `${tries.length - served.length - refused.length} answers other than 200 and 503`,
    );
    findings.holds(
      refused.every(({ answer }) => answer?.headers['retry-after'] !== undefined),
      'refusals without Retry-After',
    );
    findings.holds(slowestRefusal < 3000, `a refusal took ${Math.round(slowestRefusal)} ms`);
    findings.holds(Math.max(...alive) < 1000, `/livez took ${Math.round(Math.max(...alive))} ms`);
    const after = await tryOnce(doctor, { path });
    findings.holds(
      after.answer?.status === 200 && after.took < 1000,
      `afterwards: ${after.answer?.status} in ${Math.round(after.took)} ms`,
    );
    findings.note(
      `${served.length} served, ${refused.length} × 503 after at most ${Math.round(slowestRefusal)} ms; /livez at most ${Math.round(Math.max(...alive))} ms`,
    );
    return findings.outcome;
  },
};
