import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { newPair, type Pair } from '../attacks/means/cast.ts';
import { inTables } from '../attacks/means/tables.ts';
import { comesTrue } from '../attacks/means/target.ts';
import { codeOf } from '../attacks/means/wire.ts';
import type { World } from '../attacks/world.ts';
import { arranged, type Fault, Findings } from './fault.ts';
import type { Ledger } from './ledger.ts';
import { moveWal } from './means/moved-wal.ts';
import { startTraffic, tryMessage, tryOnce } from './means/traffic.ts';
import { fill, mountVolume } from './means/volume.ts';

const longText = 'It hurts when I climb stairs, and less in the morning. '.repeat(60);

/** Writes long messages until one is refused, or for so many. @returns the refusal's status, undefined when there was none */
async function writeUntilRefused(pair: Pair, ledger: Ledger, most: number, findings: Findings) {
  for (let message = 0; message < most; message += 1) {
    const text = `${longText} ${randomUUID()}`;
    const { answer, took } = await tryMessage(pair.patient, pair.talkId, text, randomUUID());
    if (answer?.status === 201) {
      ledger.message(pair, 'patient', (JSON.parse(answer.text) as { id: string }).id, text);
      continue;
    }
    findings.holds(
      answer?.status === 503 && answer.headers['retry-after'] !== undefined,
      `a message without room is answered with ${answer?.status} ${answer && codeOf(answer)}`,
    );
    findings.holds(took < 5500, `the refusal took ${Math.round(took)} ms`);
    return answer?.status;
  }
  return undefined;
}

/** Everything goes on by itself: the same process of the API, and messages within a few seconds. */
async function goesOn(
  world: World,
  pair: Pair,
  ledger: Ledger,
  apiBefore: number,
  findings: Findings,
): Promise<number> {
  const traffic = startTraffic({ ledger, pairs: [pair] });
  const begun = performance.now();
  const took = (await traffic.next()) - begun;
  const seen = await traffic.stop();
  findings.holds(took < 10_000, `with room again, the next message took ${Math.round(took)} ms`);
  findings.holds(seen.rude.length === 0, `answers other than "later": ${seen.rude.join(' | ')}`);
  findings.holds(world.stack.parts.api.pid === apiBefore, 'the API’s process ended');
  return took;
}

/** The volume of PostgreSQL's tables is full; its log of changes is elsewhere. */
export const fullDataVolume: Fault = {
  id: 'F18',
  title: 'The volume of PostgreSQL’s tables is full',
  async run(ground) {
    const findings = new Findings();
    const dataDir = await ground.folder();
    const tables = join(dataDir, 'postgresql', 'cluster');
    await mountVolume(ground, tables, 192);
    const world = await ground.further({ database: 'own', dataDir });
    arranged(world.stack.databaseServer?.folder === tables, 'PostgreSQL’s tables on the small volume');
    await moveWal(ground, world, join(await ground.folder(), 'wal'));
    const ledger = ground.ledgerOf(world);
    const pair = await newPair(world);
    const apiBefore = world.stack.parts.api.pid;
    const makeRoom = await fill(tables);
    ground.undo(makeRoom);
    const refusal = await writeUntilRefused(pair, ledger, 4000, findings);
    arranged(refusal !== undefined, 'a volume that fills up');
    // What leaves no trace in the audit can be read; what cannot be recorded is refused.
    for (const path of ['/v1/sessions/current', '/v1/terms']) {
      const { answer } = await tryOnce(pair.patient, { path });
      findings.holds(answer?.status === 200, `${path} is answered with ${answer?.status}`);
    }
    const reading = await tryOnce(pair.patient, { path: `/v1/talks/${pair.talkId}/messages` });
    findings.holds(
      reading.answer?.status === 200 || reading.answer?.status === 503,
      `reading the talk is answered with ${reading.answer?.status}`,
    );
    await delay(1000);
    await makeRoom();
    const took = await goesOn(world, pair, ledger, apiBefore, findings);
    findings.note(
      `full, messages get ${refusal} and reading the talk ${reading.answer?.status}; with room again the next message after ${Math.round(took)} ms, no restart`,
    );
    return findings.outcome;
  },
};

/** The volume of PostgreSQL's log of changes is full: the server gives up, and stays down until somebody makes room. */
export const fullWalVolume: Fault = {
  id: 'F19',
  title: 'The volume of PostgreSQL’s log of changes is full',
  async run(ground) {
    const findings = new Findings();
    const volume = await ground.folder();
    await mountVolume(ground, volume, 128);
    const world = await ground.further({ database: 'own' });
    const { databaseServer, parts } = world.stack;
    arranged(databaseServer !== undefined, 'a PostgreSQL of the product’s own');
    await moveWal(ground, world, join(volume, 'wal'));
    const ledger = ground.ledgerOf(world);
    const pair = await newPair(world);
    const apiBefore = parts.api.pid;
    const makeRoom = await fill(volume);
    ground.undo(makeRoom);
    // Goes to the next segment, for which there is no room, time and again.
    const using = inTables(databaseServer.adminUrl, async (database) => {
      for (let segment = 0; segment < 20; segment += 1) {
        await database.rows('select pg_switch_wal()');
        await delay(100);
      }
    }).catch(() => undefined);
    const refusal = await writeUntilRefused(pair, ledger, 4000, findings);
    await using;
    const isDown = await comesTrue(
      () =>
        inTables(databaseServer.adminUrl, (database) => database.rows('select 1')).then(
          () => false,
          () => true,
        ),
      10_000,
    );
    arranged(refusal !== undefined && isDown, 'a PostgreSQL that has given up');
    const alive = await fetch(`${world.apiUrl}/livez`);
    await alive.body?.cancel();
    findings.holds(alive.ok, `/livez answers ${alive.status}`);
    await ground.restartDatabase(world, 'immediate', makeRoom);
    const took = await goesOn(world, pair, ledger, apiBefore, findings);
    findings.note(
      `PostgreSQL gave up, messages got ${refusal}; with room and PostgreSQL started again the next message after ${Math.round(took)} ms, without touching the API`,
    );
    return findings.outcome;
  },
};
