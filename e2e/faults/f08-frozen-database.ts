import { setTimeout as delay } from 'node:timers/promises';
import { newPair } from '../attacks/means/cast.ts';
import { inTables } from '../attacks/means/tables.ts';
import { arranged, type Fault, Findings } from './fault.ts';
import { pairsOf, startTraffic } from './means/traffic.ts';

/** How long nothing of PostgreSQL moves, in milliseconds. */
const frozen = 10_000;

/** PostgreSQL and all its processes stop moving for ten seconds, with every connection left open. */
export const frozenDatabase: Fault = {
  id: 'F8',
  title: 'PostgreSQL freezes for ten seconds',
  async run(ground) {
    const findings = new Findings();
    const world = await ground.product();
    const { databaseServer, parts } = world.stack;
    arranged(databaseServer !== undefined, 'a PostgreSQL of the product’s own');
    const apiBefore = parts.api.pid;
    const pairs = await pairsOf(4, () => newPair(world));
    const traffic = startTraffic({ ledger: ground.ledgerOf(world), pairs, pause: 60 });
    await traffic.next();
    const backends = await inTables(databaseServer.adminUrl, (database) =>
      database.rows<{ pid: number }>('select pid from pg_stat_activity where pid <> pg_backend_pid()'),
    );
    const pids = [...backends.map(({ pid }) => pid), databaseServer.pid];
    const signal = (name: NodeJS.Signals): void => {
      for (const pid of pids) {
        try {
          process.kill(pid, name);
        } catch {
          // It has ended meanwhile.
        }
      }
    };
    ground.undo(async () => signal('SIGCONT'));
    signal('SIGSTOP');
    const until = Date.now() + frozen;
    const alive: number[] = [];
    while (Date.now() < until) {
      const asked = performance.now();
      const answer = await fetch(`${world.apiUrl}/livez`);
      await answer.body?.cancel();
      findings.holds(answer.ok, `/livez answers ${answer.status}`);
      alive.push(performance.now() - asked);
      await delay(200);
    }
    signal('SIGCONT');
    const moving = performance.now();
    const recovery = (await traffic.next()) - moving;
    const seen = await traffic.stop();
    arranged((seen.refusals.get(503) ?? 0) > 0, 'requests during the frost');
    findings.holds(seen.slowest < 5500, `an answer took ${Math.round(seen.slowest)} ms`);
    findings.holds(recovery < 5000, `it took ${Math.round(recovery)} ms to recover`);
    findings.holds(seen.rude.length === 0, `answers other than "later": ${seen.rude.join(' | ')}`);
    findings.holds(seen.cuts === 0, `${seen.cuts} requests were cut off without an answer`);
    findings.holds(parts.api.pid === apiBefore, 'the API’s process ended');
    findings.note(
      `${pids.length} processes frozen; first message ${Math.round(recovery)} ms after they moved again; /livez meanwhile at most ${Math.round(Math.max(...alive))} ms`,
    );
    findings.note(seen.words);
    return findings.outcome;
  },
};
