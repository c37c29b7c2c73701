import { randomBytes } from 'node:crypto';
import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newPair, say } from '../attacks/means/cast.ts';
import { codeOf } from '../attacks/means/wire.ts';
import { comesTrue } from '../attacks/means/target.ts';
import { type Fault, Findings } from './fault.ts';
import { patiently } from './means/patience.ts';

const secretWords = 'Nobody else may ever read of the swollen knee.';

/** The keys are missing or wrong when the API starts, and a talk's own key is another one. */
export const missingKeys: Fault = {
  id: 'F31',
  title: 'Keys are missing or wrong at the start',
  async run(ground) {
    const findings = new Findings();
    const dataDir = await ground.folder();
    const world = await ground.further({ dataDir });
    const ledger = ground.ledgerOf(world);
    const pair = await newPair(world);
    patiently(pair.doctor);
    const text = `${secretWords} ${crypto.randomUUID()}`;
    ledger.message(pair, 'patient', await say(pair.patient, pair.talkId, text), text);
    const keysFile = join(dataDir, 'keys.json');
    const right = await readFile(keysFile, 'utf8');
    const aside = `${keysFile}.aside`;
    const path = `/v1/talks/${pair.talkId}/messages`;

    /** @returns why the API did not start; undefined when it did */
    const startWith = (change: () => Promise<void>): Promise<string | undefined> =>
      ground.crash(world, 'api', change).then(
        () => undefined,
        (error: unknown) => String(error),
      );
    const withKey = (name: string, value: string) => async (): Promise<void> =>
      writeFile(keysFile, JSON.stringify({ ...(JSON.parse(right) as object), [name]: value }), {
        mode: 0o600,
      });
    const faults: [string, () => Promise<void>][] = [
      ['without its keys', () => rename(keysFile, aside)],
      ['with a foreign vault key', withKey('VAULT_KEY', randomBytes(32).toString('base64'))],
      ['with half a vault key', withKey('VAULT_KEY', randomBytes(16).toString('base64'))],
      ['with half a sealing key', withKey('SEALING_KEY', randomBytes(16).toString('base64'))],
    ];
    ground.undo(async () => {
      if ((await readFile(keysFile, 'utf8').catch(() => '')) !== right) {
        await writeFile(keysFile, right, { mode: 0o600 });
        await ground.crash(world, 'api');
      }
    });
    for (const [how, change] of faults) {
      const why = await startWith(change);
      findings.holds(why !== undefined, `the API starts ${how}`);
      const isSilent = await fetch(`${world.apiUrl}/livez`).then(
        () => false,
        () => true,
      );
      findings.holds(isSilent, `the API answers ${how}`);
    }
    const restored = await startWith(() => writeFile(keysFile, right, { mode: 0o600 }));
    findings.holds(restored === undefined, `the API does not start with its keys again: ${restored}`);
    findings.holds(
      (await pair.doctor.ask({ path })).text.includes(secretWords),
      'the talk does not open again',
    );

    // The talk's own key is exchanged for another talk's: nothing in it may open.
    const other = await newPair(world);
    await say(other.patient, other.talkId, 'Another talk.');
    const [mine] = await world.database.rows<{ wrapped: Buffer }>(
      'select wrapped from data_keys where owner_id = $1',
      [pair.talkId],
    );
    await world.database.rows(
      'update data_keys set wrapped = (select wrapped from data_keys where owner_id = $2) where owner_id = $1',
      [pair.talkId, other.talkId],
    );
    await ground.crash(world, 'api');
    const { size } = await stat(world.logFile);
    const refused = await pair.doctor.ask({ path });
    findings.holds(
      refused.status === 500 && codeOf(refused) === 'internal',
      `a talk under another key is answered with ${refused.status} ${codeOf(refused)}`,
    );
    findings.holds(!refused.text.includes('swollen'), 'a talk under another key shows its words');
    const isTold = await comesTrue(
      async () => (await readFile(world.logFile, 'utf8')).slice(size).includes('"sealed"'),
      5000,
    );
    findings.holds(isTold, 'the log does not say what did not open');
    await world.database.rows('update data_keys set wrapped = $2 where owner_id = $1', [
      pair.talkId,
      mine?.wrapped,
    ]);
    await ground.crash(world, 'api');
    findings.note(`${faults.length} starts refused; with its keys again the API starts and everything opens`);
    return findings.outcome;
  },
};
