import { randomBytes, randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { FileStore } from './file-store.ts';
import { createS3FileStore } from './s3-file-store.ts';

const bucket = 'casetalk-files';
const mebibyte = 1024 * 1024;

let server: FauxqsServer;
let store: FileStore;

beforeAll(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  server = await startFauxqs({ port: 0, logger: false, messageSpies: true });
  server.createBucket(bucket);
  store = createS3FileStore({ bucket, region: 'us-east-1', endpoint: `http://127.0.0.1:${server.port}` });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await server.stop();
});

/** In pieces, as they arrive. */
function* piecesOf(content: Buffer): Generator<Buffer> {
  for (let at = 0; at < content.length; at += 65_547) yield content.subarray(at, at + 65_547);
}
async function keysOf(time: Date): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of store.keysBefore(time)) keys.push(key);
  return keys;
}
const soon = (): Date => new Date(Date.now() + 60_000);

describe('a store of objects', () => {
  it.each([
    ['in one piece', 300_000],
    ['in parts', 12 * mebibyte + 7],
  ])('keeps a file that leaves %s, and reads the whole of it or a range', async (_how, size) => {
    const [key, content] = [randomUUID(), randomBytes(size)];
    await store.put(key, Readable.from(piecesOf(content)));
    expect(await store.sizeOf(key)).toBe(size);
    expect((await buffer(store.read(key))).equals(content)).toBe(true);
    const range = { start: 100_001, end: size - 3 };
    expect((await buffer(store.read(key, range))).equals(content.subarray(range.start, range.end + 1))).toBe(
      true,
    );
    await store.remove(key);
    expect(await store.sizeOf(key)).toBeUndefined();
  });

  it.each([
    ['before its first part', 100_000],
    ['after two of its parts', 11 * mebibyte],
  ])('shows nothing of a file whose sender breaks off %s', async (_when, size) => {
    const key = randomUUID();
    async function* broken(): AsyncGenerator<Buffer> {
      yield* piecesOf(randomBytes(size));
      throw new Error('The line broke.');
    }
    await expect(store.put(key, Readable.from(broken()))).rejects.toThrow('The line broke.');
    expect(await store.sizeOf(key)).toBeUndefined();
    expect(await keysOf(soon())).not.toContain(key);
  });

  it('says that a file is not there as a disk does, and removes it without a word', async () => {
    const key = randomUUID();
    await expect(buffer(store.read(key))).rejects.toMatchObject({ code: 'ENOENT' });
    await store.remove(key);
  });

  it('lists what was whole before a time, page by page', async () => {
    const keys = Array.from({ length: 7 }, () => randomUUID());
    for (const key of keys) await store.put(key, Readable.from([Buffer.from('x')]));
    const before = new Date(Date.now() - 60_000);
    expect(await keysOf(before)).toEqual([]);
    expect(new Set(await keysOf(soon()))).toEqual(new Set(keys));
    for (const key of keys) await store.remove(key);
    expect(await keysOf(soon())).toEqual([]);
  });

  it('takes no key but an id', async () => {
    await expect(store.put('../x', Readable.from([Buffer.from('x')]))).rejects.toThrow('UUID');
    await expect(buffer(store.read('../x'))).rejects.toThrow('UUID');
  });

  it('leaves nothing of a check', async () => {
    await store.check();
    expect(await keysOf(soon())).toEqual([]);
  });

  it('says that it is away in a way that is tried again', async () => {
    const gone = createS3FileStore({ bucket, region: 'us-east-1', endpoint: 'http://127.0.0.1:9' });
    await expect(gone.sizeOf(randomUUID())).rejects.toMatchObject({ code: 'unavailable' });
    await expect(gone.put(randomUUID(), Readable.from([Buffer.from('x')]))).rejects.toMatchObject({
      code: 'unavailable',
    });
  });
});
