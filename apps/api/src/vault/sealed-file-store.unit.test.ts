import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createDiskFileStore } from '../gateways/disk-file-store.ts';
import { createDataKey } from './data-key.ts';
import { type Part, sealedListSize } from './file-list.ts';
import { SealBroken } from './seal-broken.ts';
import { chunkSize } from './sealed-bytes.ts';
import { createSealedFileStore } from './sealed-file-store.ts';

const root = await mkdtemp(join(tmpdir(), 'casetalk-sealed-'));
afterAll(() => rm(root, { recursive: true }));

const disk = await createDiskFileStore(root);
const key = createDataKey(randomBytes(32), randomUUID());
const store = createSealedFileStore(disk, { cached: () => key, of: async () => key });

const content = randomBytes(3 * chunkSize + 500);
/** Where the parts end: at a chunk's border, a byte beyond another, and with the file. */
const borders = [chunkSize, 2 * chunkSize + 1, content.length];

async function put(bytes: Buffer): Promise<Part> {
  const id = randomUUID();
  await store.put(id, key, Readable.from([bytes]));
  return { id, size: bytes.length };
}

/** What the disk has of one file is put in place of another's. */
async function replace(id: string, by: string): Promise<void> {
  const bytes = await buffer(disk.read(by));
  await disk.remove(id);
  await disk.put(id, Readable.from([bytes]));
}

const read = (fileId: string, range?: { start: number; end: number }): Promise<Buffer> =>
  buffer(store.read({ fileId, size: content.length, keyOwnerId: key.ownerId }, range));

describe('a file that lies in parts', () => {
  let parts: Part[];
  let id: string;
  beforeEach(async () => {
    parts = [];
    for (const [index, end] of borders.entries()) {
      parts.push(await put(content.subarray(borders[index - 1] ?? 0, end)));
    }
    id = randomUUID();
    await store.join(id, key, parts);
  });

  it('reads as one, whole and in any range around the borders of its parts', async () => {
    expect((await read(id)).equals(content)).toBe(true);
    const places = [0, ...borders].flatMap((at) => [at - 1, at, at + 1]);
    const within = places.filter((at) => at >= 0 && at < content.length);
    for (const start of within) {
      for (const end of within.filter((at) => at >= start)) {
        const bytes = await read(id, { start, end });
        expect(bytes.equals(content.subarray(start, end + 1)), `${start}-${end}`).toBe(true);
      }
    }
    expect(await store.sizeOf(id)).toBe(sealedListSize(parts.length));
  });

  it('is not made of parts that are missing or shorter than they were', async () => {
    const [first, second, third] = parts as [Part, Part, Part];
    const longer = { ...second, size: second.size + 1 };
    await expect(store.join(randomUUID(), key, [first, longer, third])).rejects.toThrow(SealBroken);
    await store.remove(third.id);
    await expect(store.join(randomUUID(), key, parts)).rejects.toThrow(SealBroken);
  });

  it('does not open as another file, nor with a part in another’s place', async () => {
    const other = randomUUID();
    await store.join(other, key, parts.toReversed());
    await replace(id, other);
    await expect(read(id)).rejects.toThrow(SealBroken);

    await store.join(other, key, parts);
    await replace(parts[0]?.id ?? '', parts[1]?.id ?? '');
    await expect(read(other)).rejects.toThrow(SealBroken);
  });

  it('does not open when the list is of another length than the file', async () => {
    const short = randomUUID();
    await store.join(short, key, parts.slice(0, 2));
    await expect(read(short)).rejects.toThrow(SealBroken);
  });

  it('is not what a file is whose own bytes look like a list', async () => {
    const [first] = parts as [Part];
    const list = await put(
      Buffer.concat([Buffer.from(first.id.replaceAll('-', ''), 'hex'), Buffer.alloc(4)]),
    );
    const bytes = await buffer(store.read({ fileId: list.id, size: list.size, keyOwnerId: key.ownerId }));
    expect(bytes.length).toBe(20);
    const sealed = await buffer(disk.read(list.id));
    sealed.write('CTL', 'latin1');
    await disk.remove(list.id);
    await disk.put(list.id, Readable.from([sealed]));
    const asList = buffer(
      store.read({ fileId: list.id, size: 0, keyOwnerId: key.ownerId }, { start: 0, end: 0 }),
    );
    await expect(asList).rejects.toThrow(SealBroken);
  });
});
