import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { signIn, upload } from '../attacks/means/caller.ts';
import { newPair, type Pair, say } from '../attacks/means/cast.ts';
import { contents } from '../attacks/means/contents.ts';
import { inTables } from '../attacks/means/tables.ts';
import { dataOf } from '../attacks/means/wire.ts';
import type { World } from '../attacks/world.ts';
import { runCommand } from '../support/operator-command.ts';
import {
  type Backup,
  backUp,
  drillLine,
  type Escrow,
  keepElsewhere,
  restore,
} from '../support/restore-drill.ts';
import { arranged, type Fault, Findings } from './fault.ts';
import type { Ground } from './ground.ts';
import { protectionOf, shutsOut } from './means/protection.ts';

interface Acknowledged {
  readonly pair: Pair;
  readonly id: string;
  readonly text: string;
  readonly file?: { readonly id: string; readonly sha256: string };
  /** When the answer had come. */
  readonly at: number;
}

/** People who write and send files until they are stopped. */
function keepWriting({ target }: World, pairs: readonly Pair[]) {
  const acknowledged: Acknowledged[] = [];
  let isOver = false;
  const writing = Promise.all(
    pairs.map(async (pair) => {
      for (let count = 0; !isOver; count += 1) {
        const text = `Word ${count} of ${pair.talkId}`;
        let file: Acknowledged['file'];
        if (count % 10 === 0) {
          const content = Buffer.concat([contents.zip, randomBytes(40_000)]);
          const path = `/v1/talks/${pair.talkId}/uploads`;
          const taken = await upload(pair.patient, path, { name: 'export.zip', content });
          const { id } = dataOf(taken) as { id: string };
          file = { id, sha256: createHash('sha256').update(content).digest('hex') };
        }
        const id = await say(pair.patient, pair.talkId, text, file ? [file.id] : []);
        acknowledged.push({ pair, id, text, at: Date.now(), ...(file && { file }) });
        await delay(100);
      }
    }),
  );
  return {
    acknowledged,
    target,
    async stop() {
      isOver = true;
      await writing;
    },
  };
}

/** Backs up now and then while people write. @returns the latest backup */
async function backUpAgainAndAgain(ground: Ground, escrow: Escrow, findings: Findings): Promise<Backup> {
  const folder = await ground.folder();
  const times = ground.size(3, 1);
  for (let time = 1; ; time += 1) {
    const backup = await backUp(escrow, join(folder, `backup-${time}`));
    arranged(backup.code === 0, `a backup: ${backup.output.slice(-300)}`);
    findings.holds(backup.point > 0, 'a backup does not say its recovery point');
    if (time === times) return backup;
    await delay(60_000);
  }
}

/** All messages and files of the patients' talks, read in the restored product by the doctors. */
async function lookFor(world: World, wanted: readonly Acknowledged[], findings: Findings): Promise<void> {
  for (const ofPair of Map.groupBy(wanted, ({ pair }) => pair).values()) {
    const [first] = ofPair;
    if (!first) continue;
    const { doctorAccount, talkId } = first.pair;
    const doctor = await signIn(world.target, doctorAccount);
    const textOf = new Map<string, string>();
    for (let cursor: string | null = ''; cursor !== null; ) {
      const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = dataOf(await doctor.ask({ path: `/v1/talks/${talkId}/messages?limit=100${from}` })) as {
        data: { id: string; text: string }[];
        nextCursor: string | null;
      };
      for (const { id, text } of page.data) textOf.set(id, text);
      cursor = page.nextCursor;
    }
    for (const { id, text, file } of ofPair) {
      findings.holds(textOf.get(id) === text, `message ${id} is not what it was`);
      if (!file) continue;
      const { bytes, status } = await doctor.ask({ path: `/v1/attachments/${file.id}/content` });
      const isWhole = createHash('sha256').update(bytes).digest('hex') === file.sha256;
      findings.holds(status === 200 && isWhole, `file ${file.id} is not what it was`);
    }
    await say(doctor, talkId, 'We are back.');
  }
}

/** The machine is gone: a backup, the keys kept elsewhere, and an empty place make the product again. */
export const restoreDrill: Fault = {
  id: 'F35',
  title: 'Database, files and processes are lost, and restored from a backup',
  async run(ground) {
    const findings = new Findings();
    const lost = await ground.further({ database: 'own' });
    const escrow = await keepElsewhere(lost, await ground.folder());
    const pairs = [await newPair(lost.target), await newPair(lost.target)];
    const writing = keepWriting(lost, pairs);
    await delay(ground.size(20_000, 4000));
    const backup = await backUpAgainAndAgain(ground, escrow, findings);
    await delay(ground.size(45_000, 3000));
    await writing.stop();
    const lostAt = Date.now();
    const protection = await inTables(lost.ownerUrl, protectionOf);
    await lost.close();

    const begun = Date.now();
    const { adminUrl } = await ground.server();
    const place = await ground.folder();
    const databaseName = `restored_${randomBytes(4).toString('hex')}`;
    const from = { folder: backup.folder, keysFile: escrow.keysFile };
    const restored = await restore(adminUrl, from, { databaseName, place });
    const { urls } = restored;
    findings.holds(restored.code === 0, `restoring failed: ${restored.output.slice(-300)}`);
    findings.holds(restored.output.includes('Nothing was tampered with.'), 'the audit does not verify');
    const world = await ground.further({ database: { urls }, dataDir: place });
    const [first] = pairs;
    arranged(first !== undefined, 'somebody who reads');
    const reader = await signIn(world.target, first.patientAccount);
    const read = await reader.ask({ path: `/v1/talks/${first.talkId}/messages` });
    const recovery = (Date.now() - begun) / 1000;
    findings.holds(read.status === 200, `reading in the restored product is answered with ${read.status}`);

    // Whatever had been acknowledged when the backup's instant was has to be in it.
    const before = writing.acknowledged.filter(({ at }) => at <= backup.point);
    arranged(before.length > 0, 'messages before the backup');
    await lookFor(world, before, findings);
    const same = JSON.stringify(await inTables(urls.ownerUrl, protectionOf)) === JSON.stringify(protection);
    findings.holds(same, 'row-level security, policies or grants are not as they were');
    findings.holds(await shutsOut(urls.appUrl), 'a stranger reads messages in the restored database');
    const verified = await runCommand('audit-verify', [], restored.environment);
    findings.holds(verified.code === 0, `the audit does not verify any more: ${verified.output.slice(-300)}`);

    const point = (lostAt - backup.point) / 1000;
    findings.holds(point <= 300, `the recovery point lies ${point.toFixed(0)} s back`);
    findings.holds(recovery <= 3600, `recovering took ${recovery.toFixed(0)} s`);
    findings.note(
      `${drillLine({ point, recovery, restoring: restored.seconds })} ` +
        `With a backup every ${ground.fast ? 'few seconds' : 'minute'} (${backup.seconds.toFixed(1)} s each); ` +
        `${before.length} messages and ${before.filter(({ file }) => file).length} files of before the backup: all there; audit verified`,
    );
    return findings.outcome;
  },
};
