import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Attack, Tally } from './attack.ts';
import { newPair, type Pair } from './means/cast.ts';
import { contents } from './means/contents.ts';
import { apiProcess } from './means/memory.ts';
import { filePart, openPour, uploadHeaders, type Vessel } from './means/pour.ts';
import { comesTrue, type Target } from './means/target.ts';
import { ask } from './means/wire.ts';

const quarter = Buffer.alloc(256 * 1024, 0x5a);

/** Bytes of all files beneath the store's folder, save for the anchors of the audit, which only grow. */
async function storedBytes(folder: string): Promise<number> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    found
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.jsonl'))
      .map((entry) =>
        stat(join(entry.parentPath, entry.name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Begins uploads and leaves them half done. */
async function beginUploads(target: Target, { patient, talkId }: Pair, count: number): Promise<Vessel[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const boundary = `b${crypto.randomUUID()}`;
      const headers = uploadHeaders(boundary, patient.headers());
      const vessel = openPour(target.apiUrl, `/v1/talks/${talkId}/uploads`, headers);
      for (const chunk of [
        filePart(boundary),
        contents.zip,
        quarter,
        quarter,
        quarter,
        quarter,
        quarter,
        quarter,
      ]) {
        await vessel.write(chunk);
      }
      return vessel;
    }),
  );
}

const perPerson = 50;

/** Half an upload leaves nothing behind: neither when its sender breaks off, nor when the server is killed. */
export const t44: Attack = {
  id: 'T44',
  title: 'Cancelled uploads fill disk',
  async run({ target, fast }) {
    const tally = new Tally();
    const aborts = fast ? 50 : 500;
    const before = await storedBytes(target.filesDir);
    let most = 0;
    for (let done = 0; done < aborts; done += perPerson) {
      const vessels = await beginUploads(target, await newPair(target), perPerson);
      await comesTrue(async () => (await storedBytes(target.filesDir)) > before, 5_000, 10);
      most = Math.max(most, (await storedBytes(target.filesDir)) - before);
      for (const { request } of vessels) request.destroy();
    }
    if (most === 0) throw new Error('No byte of the uploads had arrived when they were broken off.');
    const begun = performance.now();
    const isEmpty = async (): Promise<boolean> => (await storedBytes(target.filesDir)) === before;
    tally.held(
      await comesTrue(isEmpty, 60_000),
      `${await storedBytes(target.filesDir)} bytes are left after a minute`,
      aborts,
    );
    tally.note(
      `${aborts} broken off, at most ${most} bytes at once: 0 after ${((performance.now() - begun) / 1000).toFixed(1)} s`,
    );

    const kills = fast ? 1 : 5;
    for (let kill = 0; kill < kills; kill += 1) {
      const vessels = await beginUploads(target, await newPair(target), 20);
      await comesTrue(async () => !(await isEmpty()), 5_000, 10);
      const pid = await apiProcess(target.apiUrl);
      process.kill(pid, 'SIGKILL');
      await comesTrue(() => isGone(pid), 5_000, 10);
      const left = await storedBytes(target.filesDir);
      if (left === before) throw new Error('Nothing was under way when the API was killed.');
      for (const { request } of vessels) request.destroy();
      await comesTrue(() => isReady(target), 60_000);
      tally.held(
        await comesTrue(isEmpty, 10_000),
        `${await storedBytes(target.filesDir)} bytes are left after a restart`,
        20,
      );
    }
    tally.note(`${kills} kills with 20 uploads under way: 0 bytes after the restart`);
    return tally.outcome;
  },
};

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}

const isReady = ({ apiUrl }: Target): Promise<boolean> =>
  ask(apiUrl, { path: '/readyz' }).then(
    ({ status }) => status === 200,
    () => false,
  );
