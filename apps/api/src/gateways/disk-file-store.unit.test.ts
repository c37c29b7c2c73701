import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiskFileStore } from './disk-file-store.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'casetalk-store-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** Every file below the root. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function listed(keys: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const key of keys) found.push(key);
  return found;
}

async function* pieces(content: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}

describe('the disk file store', () => {
  it('keeps what it was given, whole and in parts', async () => {
    const store = await createDiskFileStore(root);
    const content = randomBytes(3_300_001);
    const key = randomUUID();
    await store.put(key, Readable.from(pieces(content, 65_537)));
    expect(await buffer(store.read(key))).toEqual(content);
    expect(await buffer(store.read(key, { start: 5, end: 9 }))).toEqual(content.subarray(5, 10));
    await store.remove(key);
    expect(await filesIn(root)).toEqual([]);
  });

  it('keeps an empty file', async () => {
    const store = await createDiskFileStore(root);
    const key = randomUUID();
    await store.put(key, Readable.from([]));
    expect(await buffer(store.read(key))).toEqual(Buffer.alloc(0));
  });

  it('keeps nothing of what breaks off', async () => {
    const store = await createDiskFileStore(root);
    async function* broken(): AsyncGenerator<Buffer> {
      yield randomBytes(2_500_000);
      throw new Error('the line went dead');
    }
    await expect(store.put(randomUUID(), Readable.from(broken()))).rejects.toThrow('the line went dead');
    expect(await filesIn(root)).toEqual([]);
  });

  it('takes no key that is not an id', async () => {
    const store = await createDiskFileStore(root);
    await expect(store.put('../../etc/passwd', Readable.from(['x']))).rejects.toThrow(/UUID/);
    expect(() => store.read('../x')).toThrow(/UUID/);
  });

  it('follows no link that somebody put in a file’s place', async () => {
    const store = await createDiskFileStore(root);
    const key = randomUUID();
    const folder = join(root, 'files', key.slice(-4, -2), key.slice(-2));
    await mkdir(folder, { recursive: true });
    await writeFile(join(root, 'secret'), 'secret');
    await symlink(join(root, 'secret'), join(folder, key));
    await expect(buffer(store.read(key))).rejects.toThrow(/ELOOP/);
  });

  it('sweeps what dead processes left, at once on its own machine', async () => {
    const store = await createDiskFileStore(root);
    const [mine = ''] = await readdir(join(root, 'incoming'));
    const host = mine.split('.')[0];
    const dead = join(root, 'incoming', `${host}.4194301.deadbeef`);
    const elsewhere = join(root, 'incoming', 'another-host.1.cafecafe');
    for (const folder of [dead, elsewhere]) {
      await mkdir(folder);
      await writeFile(join(folder, randomUUID()), 'half');
    }
    await store.sweep();
    expect(await filesIn(root)).toHaveLength(1);
    const [left = ''] = await filesIn(elsewhere);
    const longAgo = new Date(Date.now() - 3_600_000);
    await utimes(left, longAgo, longAgo);
    await store.sweep();
    expect(await filesIn(root)).toEqual([]);
  });

  it('lists what has been whole since before a time', async () => {
    const store = await createDiskFileStore(root);
    const key = randomUUID();
    await store.put(key, Readable.from([Buffer.from('x')]));
    const hour = 3_600_000;
    expect(await listed(store.keysBefore(new Date(Date.now() + hour)))).toEqual([key]);
    expect(await listed(store.keysBefore(new Date(Date.now() - hour)))).toEqual([]);
  });
});
