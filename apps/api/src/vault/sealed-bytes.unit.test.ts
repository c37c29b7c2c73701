import { createHash, createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { chunkSize, type FileSeal, headerLength, openBytes, sealBytes, sealedRange } from './sealed-bytes.ts';
import { SealBroken } from './seal-broken.ts';

const seal: FileSeal = {
  key: createSecretKey(randomBytes(32)),
  fileId: randomUUID(),
  ownerId: randomUUID(),
};
const sealedChunk = chunkSize + 16;

async function* pieces(content: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}

async function sealed(content: Buffer, pieceSize = 50_000): Promise<Buffer> {
  return buffer(sealBytes(pieces(content, pieceSize), seal, { size: 0, hash: createHash('sha256') }));
}

/** Opens what a disk would give of the sealed bytes. */
function opened(
  bytes: Buffer,
  size: number,
  range = { start: 0, end: size - 1 },
  by: FileSeal = seal,
  pieceSize = 100_000,
): Promise<Buffer> {
  const { start, end } = sealedRange(size, range);
  const part = bytes.subarray(start, end + 1);
  return buffer(openBytes(pieces(part, pieceSize), bytes.subarray(0, headerLength), by, size, range));
}

describe('sealed bytes', () => {
  it.each([0, 1, chunkSize - 1, chunkSize, chunkSize + 1, 3 * chunkSize, 5 * chunkSize + 7])(
    'of %i bytes open as they were, whatever the pieces that they came and go in',
    async (size) => {
      const content = randomBytes(size);
      for (const pieceSize of [1000, chunkSize, 300_000]) {
        const bytes = await sealed(content, pieceSize);
        expect(bytes.length).toBe(headerLength + size + 16 * Math.max(1, Math.ceil(size / chunkSize)));
        expect((await opened(bytes, size, undefined, seal, pieceSize)).equals(content)).toBe(true);
      }
    },
  );

  it('tell size and hash of what is plain', async () => {
    const content = randomBytes(200_000);
    const plain = { size: 0, hash: createHash('sha256') };
    await buffer(sealBytes(pieces(content, 7777), seal, plain));
    expect(plain.size).toBe(content.length);
    expect(plain.hash.digest()).toEqual(createHash('sha256').update(content).digest());
  });

  it('give any range around the borders of chunks as the plain bytes have it', async () => {
    const size = 3 * chunkSize + 100;
    const content = randomBytes(size);
    const bytes = await sealed(content);
    const borders = [0, chunkSize, 2 * chunkSize, 3 * chunkSize, size];
    const places = borders.flatMap((at) => [at - 1, at, at + 1]).filter((at) => at >= 0 && at < size);
    for (const start of places) {
      for (const end of places.filter((at) => at >= start)) {
        const part = await opened(bytes, size, { start, end });
        expect(part.equals(content.subarray(start, end + 1)), `${start}-${end}`).toBe(true);
      }
    }
  });

  it('read no more of the disk for a range than the chunks that hold it', () => {
    expect(sealedRange(10 * chunkSize, { start: chunkSize + 5, end: chunkSize + 6 })).toEqual({
      start: headerLength + sealedChunk,
      end: headerLength + 2 * sealedChunk - 1,
    });
  });

  it('never look alike twice', async () => {
    const content = Buffer.alloc(1000);
    const [one, other] = [await sealed(content), await sealed(content)];
    expect(one.subarray(headerLength).equals(other.subarray(headerLength))).toBe(false);
  });
});

describe('sealed bytes that were tampered with', () => {
  const size = 3 * chunkSize + 100;
  const content = randomBytes(size);
  const chunk = (bytes: Buffer, index: number): Buffer =>
    bytes.subarray(headerLength + index * sealedChunk, headerLength + (index + 1) * sealedChunk);
  const header = (bytes: Buffer): Buffer => bytes.subarray(0, headerLength);

  const flipped = (at: (bytes: Buffer) => number) => (bytes: Buffer) => {
    const changed = Buffer.from(bytes);
    changed[at(changed)]! ^= 1;
    return changed;
  };
  const ways: readonly [string, (bytes: Buffer) => Buffer][] = [
    ['a bit changed in the first chunk', flipped(() => headerLength + 10)],
    ['a bit changed in the last byte', flipped((bytes) => bytes.length - 1)],
    ['a bit changed in the header', flipped(() => headerLength - 1)],
    ['another version', flipped(() => 3)],
    ['the last byte missing', (bytes) => bytes.subarray(0, -1)],
    ['the last chunk missing', (bytes) => bytes.subarray(0, headerLength + 3 * sealedChunk)],
    ['nothing but the header', (bytes) => bytes.subarray(0, headerLength)],
    ['nothing at all', () => Buffer.alloc(0)],
    [
      'two chunks swapped',
      (bytes) =>
        Buffer.concat([
          header(bytes),
          chunk(bytes, 1),
          chunk(bytes, 0),
          bytes.subarray(headerLength + 2 * sealedChunk),
        ]),
    ],
    [
      'a chunk repeated',
      (bytes) =>
        Buffer.concat([
          header(bytes),
          chunk(bytes, 0),
          chunk(bytes, 0),
          bytes.subarray(headerLength + 2 * sealedChunk),
        ]),
    ],
    [
      'a chunk left out',
      (bytes) => Buffer.concat([header(bytes), bytes.subarray(headerLength + sealedChunk)]),
    ],
  ];

  it.each(ways)('do not open: %s', async (_what, change) => {
    await expect(opened(change(await sealed(content)), size)).rejects.toThrow(SealBroken);
  });

  it('do not pass for a shorter file, even at the end of a chunk', async () => {
    await expect(opened(await sealed(content), 3 * chunkSize)).rejects.toThrow(SealBroken);
  });

  it('give no byte of the chunk that is broken, and all before it', async () => {
    const bytes = flipped(() => headerLength + sealedChunk + 5)(await sealed(content));
    const { start, end } = sealedRange(size, { start: 0, end: size - 1 });
    const seen: Buffer[] = [];
    const read = async (): Promise<void> => {
      const source = pieces(bytes.subarray(start, end + 1), 256 * 1024);
      for await (const part of openBytes(source, header(bytes), seal, size, { start: 0, end: size - 1 })) {
        seen.push(part);
      }
    };
    await expect(read()).rejects.toThrow(SealBroken);
    expect(Buffer.concat(seen).equals(content.subarray(0, chunkSize))).toBe(true);
  });

  it('do not open as another file’s, as another talk’s, or with another key', async () => {
    const bytes = await sealed(content);
    for (const other of [
      { ...seal, fileId: randomUUID() },
      { ...seal, ownerId: randomUUID() },
      { ...seal, key: createSecretKey(randomBytes(32)) },
    ]) {
      await expect(opened(bytes, size, undefined, other)).rejects.toThrow(SealBroken);
    }
  });
});
