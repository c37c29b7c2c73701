import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FileStore } from '../gateways/file-store.ts';
import type { DataKey } from './data-key.ts';
import type { DataKeys } from './data-keys.ts';
import { SealBroken } from './seal-broken.ts';
import { headerLength, letGo, openBytes, type PlainRange, sealBytes, sealedRange } from './sealed-bytes.ts';

/** What reading a file takes. */
export interface StoredFile {
  readonly fileId: string;
  /** Plain bytes. */
  readonly size: number;
  /** The talk or case under whose key the bytes are; null when they never were sealed. */
  readonly keyOwnerId: string | null;
}

/** A file store whose bytes are sealed on their way in and opened on their way out. */
export interface SealedFileStore
  extends Pick<FileStore, 'sizeOf' | 'remove' | 'keysBefore' | 'check' | 'sweep'> {
  /**
   * Takes a stream to the end and keeps it sealed: flushed to disk and visible whole, or not at all.
   * @param key of the talk or case that the file is uploaded to
   * @returns size and SHA-256 of the plain bytes
   * @throws ProblemError `storage-full` when there is no room
   */
  put(fileId: string, key: DataKey, source: Readable): Promise<{ size: number; sha256: Buffer }>;
  /**
   * The plain bytes from `start` to `end`, both inclusive; the whole file when left out. Opens only the chunks that are
   * asked for. Fails with SealBroken, before any wrong byte has left.
   */
  read(file: StoredFile, range?: PlainRange): Readable;
}

/** Chunks on their way between the cipher and the disk or the socket: back-pressure keeps a file's share of memory here. */
const chunksUnderWay = 4;

/** Puts the cipher around a store of bytes, which then never sees a plain one. */
export function createSealedFileStore(
  bytes: FileStore,
  keys: Pick<DataKeys, 'cached' | 'of'>,
): SealedFileStore {
  async function* open({ fileId, size, keyOwnerId }: StoredFile, range: PlainRange): AsyncGenerator<Buffer> {
    if (keyOwnerId === null) throw new SealBroken(`bytes of file ${fileId} were never sealed`);
    const key = keys.cached(keyOwnerId) ?? (await keys.of(keyOwnerId));
    const parts: Buffer[] = [];
    for await (const part of bytes.read(fileId, { start: 0, end: headerLength - 1 }))
      parts.push(part as Buffer);
    const sealed = bytes.read(fileId, sealedRange(size, range));
    const seal = { key: key.fileKey(fileId), fileId, ownerId: keyOwnerId };
    yield* openBytes(sealed, Buffer.concat(parts), seal, size, range);
  }

  return {
    async put(fileId, key, source) {
      const plain = { size: 0, hash: createHash('sha256') };
      const seal = { key: key.fileKey(fileId), fileId, ownerId: key.ownerId };
      const sealed = Readable.from(sealBytes(source, seal, plain), {
        objectMode: true,
        highWaterMark: chunksUnderWay,
      });
      try {
        await bytes.put(fileId, sealed, letGo);
      } catch (error) {
        source.destroy();
        throw error;
      }
      return { size: plain.size, sha256: plain.hash.digest() };
    },

    read: (file, range = { start: 0, end: file.size - 1 }) =>
      Readable.from(open(file, range), { objectMode: true, highWaterMark: chunksUnderWay }),

    sizeOf: (fileId) => bytes.sizeOf(fileId),
    remove: (fileId) => bytes.remove(fileId),
    keysBefore: (time) => bytes.keysBefore(time),
    check: () => bytes.check(),
    sweep: () => bytes.sweep(),
  };
}
