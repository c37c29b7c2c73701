import { randomUUID } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import {
  type FileHandle,
  mkdir,
  open,
  opendir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { ProblemError } from '../problem-error.ts';
import type { FileStore } from './file-store.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Windows knows neither; there the flag is nought and folders cannot be flushed. */
const noFollow = constants.O_NOFOLLOW ?? 0;
const isWindows = process.platform === 'win32';
/** Big writes: few system calls a file, and little memory for each upload. */
const batchSize = 512 * 1024;
/**
 * Small reads: readers are many at a time, and some take their time. As long as a sealed chunk with its tag
 * (vault/sealed-bytes.ts), so that each read is one chunk and nothing has to be joined.
 */
const readSize = 64 * 1024 + 16;
/** The disk starts writing while bytes still arrive, so that the last flush finds little left to do. */
const flushEvery = 32 * 1024 * 1024;
/** What another machine's process left behind is given this long, in milliseconds, without a byte arriving. */
const abandonedAfter = 15 * 60_000;

/** The folders of this very process: it may have opened more than one store. */
const living = new Set<string>();

/**
 * Keeps files in a folder: `files/ab/cd/<key>` when they are whole, `incoming/<process>/<key>` while they arrive. Both
 * must be on one disk, since a file becomes visible by being renamed.
 * @param root the folder; made when it is not there, for the owner's eyes alone
 * @throws ProblemError `storage-full` from `put` when the disk is full
 */
export async function createDiskFileStore(root: string): Promise<FileStore> {
  const incoming = join(root, 'incoming');
  const kept = join(root, 'files');
  const mine = `${hostname().replaceAll(/[^\w-]/g, '_')}.${process.pid}.${randomUUID().slice(0, 8)}`;
  living.add(mine);
  await mkdir(join(incoming, mine), { recursive: true, mode: 0o700 });
  await mkdir(kept, { recursive: true, mode: 0o700 });

  /** UUIDv7 begins with the time, so the folders are named after its end, which is random. */
  function placeOf(key: string): { folder: string; path: string } {
    if (!uuid.test(key)) throw new Error('A key of the file store is a UUID in lower case.');
    const folder = join(kept, key.slice(-4, -2), key.slice(-2));
    return { folder, path: join(folder, key) };
  }

  const store: FileStore = {
    async put(key, source, kept) {
      const { folder, path } = placeOf(key);
      const arriving = join(incoming, mine, key);
      try {
        // Another machine may have tidied an empty folder away.
        await mkdir(join(incoming, mine), { recursive: true, mode: 0o700 });
        await receive(arriving, source, kept);
        await makeFolder(folder);
        await rename(arriving, path);
        await flushFolder(folder);
      } catch (error) {
        source.destroy();
        await rm(arriving, { force: true });
        throw isFull(error) ? new ProblemError('storage-full') : error;
      }
    },

    read(key, range) {
      const flags = (constants.O_RDONLY | noFollow) as unknown as string;
      return createReadStream(placeOf(key).path, { flags, highWaterMark: readSize, ...range });
    },

    async sizeOf(key) {
      try {
        return (await stat(placeOf(key).path)).size;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },

    remove: (key) => rm(placeOf(key).path, { force: true }),

    async *keysBefore(time) {
      for await (const first of folders(kept)) {
        for await (const second of folders(first)) {
          for (const key of await readdir(second)) {
            const found = uuid.test(key) ? await stat(join(second, key)).catch(() => undefined) : undefined;
            if (found && found.mtimeMs < time.getTime()) yield key;
          }
        }
      }
    },

    async check() {
      // It was there at the start: a disk that is no longer mounted leaves an empty place, which must not be filled anew.
      await readdir(kept);
      const path = join(incoming, mine, randomUUID());
      try {
        await mkdir(join(incoming, mine), { recursive: true, mode: 0o700 });
        await writeFile(path, path, { flag: 'wx', mode: 0o600 });
        if ((await readFile(path, 'utf8')) !== path) throw new Error('What was written reads otherwise.');
      } catch (error) {
        throw isFull(error) ? new ProblemError('storage-full') : error;
      } finally {
        await rm(path, { force: true }).catch(() => undefined);
      }
    },

    async sweep() {
      for (const name of await readdir(incoming)) {
        if (!living.has(name)) await sweepFolder(join(incoming, name), processIsGone(name));
      }
    },
  };
  await store.sweep();
  return store;

  async function makeFolder(folder: string): Promise<void> {
    const made = await mkdir(folder, { recursive: true, mode: 0o700 });
    if (made === undefined) return;
    await flushFolder(join(folder, '..'));
    await flushFolder(kept);
  }
}

/**
 * Writes a stream to a new file and flushes it: while one batch is written the next one arrives.
 * Leaves the removal of a half-written file to the caller.
 */
async function receive(path: string, source: Readable, kept?: (bytes: Buffer) => void): Promise<void> {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | noFollow;
  const file = await open(path, flags, 0o600);
  const disk = writerOf(file, kept);
  try {
    let batch: Buffer[] = [];
    let batched = 0;
    for await (const chunk of source as AsyncIterable<Buffer>) {
      batch.push(chunk);
      batched += chunk.length;
      if (batched < batchSize) continue;
      await disk.write(batch);
      batch = [];
      batched = 0;
    }
    await disk.write(batch);
    await disk.finish();
  } finally {
    await disk.settle();
    await file.close();
  }
}

/** Keeps one write and one flush under way, and no more, so that memory stays flat when the disk is slow. */
function writerOf(file: FileHandle, kept?: (bytes: Buffer) => void) {
  let writing: Promise<void> = Promise.resolve();
  let flushing: Promise<void> = Promise.resolve();
  let unflushed = 0;
  const calm = (): undefined => undefined;
  return {
    async write(batch: Buffer[]): Promise<void> {
      await writing;
      if (unflushed >= flushEvery) {
        await flushing;
        unflushed = 0;
        flushing = file.datasync();
        // Its failure is told by whoever awaits it next.
        flushing.catch(calm);
      }
      unflushed += batch.reduce((sum, { length }) => sum + length, 0);
      writing = writeWhole(file, batch).then(() => {
        if (kept) for (const bytes of batch) kept(bytes);
      });
      writing.catch(calm);
    },
    async finish(): Promise<void> {
      await writing;
      await flushing;
      await file.sync();
    },
    /** Waits for what is under way, however it ends: a file must not be closed beneath a write. */
    settle: () => Promise.allSettled([writing, flushing]),
  };
}

/** A full disk takes a part of a write first and refuses the rest only when it is asked again. */
async function writeWhole(file: FileHandle, batch: Buffer[]): Promise<void> {
  let left = batch;
  while (left.length > 0) {
    let { bytesWritten } = await file.writev(left);
    const rest: Buffer[] = [];
    for (const buffer of left) {
      if (bytesWritten < buffer.length) rest.push(buffer.subarray(bytesWritten));
      bytesWritten = Math.max(0, bytesWritten - buffer.length);
    }
    left = rest;
  }
}

/** A rename is safe from a power cut once its folder is flushed. */
async function flushFolder(folder: string): Promise<void> {
  if (isWindows) return;
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const isFull = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT'].includes(String((error as NodeJS.ErrnoException).code));

async function* folders(parent: string): AsyncGenerator<string> {
  for await (const entry of await opendir(parent)) {
    if (entry.isDirectory()) yield join(parent, entry.name);
  }
}

/** True for a folder of a process of this machine that no longer runs. Of other machines' processes nothing is known. */
function processIsGone(name: string): boolean {
  const [host, pid] = name.split('.');
  if (host !== hostname().replaceAll(/[^\w-]/g, '_')) return false;
  // A restarted container gives the same number to the new process: that one's folder is not this one.
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

async function sweepFolder(folder: string, all: boolean): Promise<void> {
  const found = await readdir(folder).catch(() => []);
  let left = found.length;
  for (const name of found) {
    const path = join(folder, name);
    const seen = await stat(path).catch(() => undefined);
    if (!all && seen && Date.now() - seen.mtimeMs < abandonedAfter) continue;
    await rm(path, { force: true });
    left -= 1;
  }
  const born = await stat(folder).catch(() => undefined);
  if (left === 0 && born && (all || Date.now() - born.mtimeMs > abandonedAfter)) {
    await rm(folder, { recursive: true, force: true });
  }
}
