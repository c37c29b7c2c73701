import { createHash, type Hash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FileStore } from '../gateways/file-store.ts';
import type { DataKey } from './data-key.ts';
import type { DataKeys } from './data-keys.ts';
import { listOf, type Part, partsOfList, partsWithin } from './file-list.ts';
import { SealBroken } from './seal-broken.ts';
import {
  type FileSeal,
  formOf,
  headerLength,
  letGo,
  openBytes,
  type PlainRange,
  plainSize,
  sealBytes,
  type SealedForm,
  sealedRange,
  sealedSize,
} from './sealed-bytes.ts';

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
   * @param hash goes on with these bytes instead of beginning with them
   * @returns size and SHA-256 of the plain bytes
   * @throws ProblemError `storage-full` when there is no room
   */
  put(fileId: string, key: DataKey, source: Readable, hash?: Hash): Promise<{ size: number; sha256: Buffer }>;
  /**
   * Makes one file of parts that are kept under the same key: only a sealed list of them is written. They stay where they
   * are, and are neither moved nor removed with it.
   * @throws SealBroken when a part is missing or has not its length; ProblemError `storage-full` when there is no room
   */
  join(fileId: string, key: DataKey, parts: readonly Part[]): Promise<void>;
  /**
   * The plain bytes from `start` to `end`, both inclusive; the whole file when left out. Opens only the chunks that are
   * asked for. Fails with SealBroken, before any wrong byte has left.
   */
  read(file: StoredFile, range?: PlainRange): Readable;
}

/** Chunks on their way between the cipher and the disk or the socket: back-pressure keeps a file's share of memory here. */
const chunksUnderWay = 4;
/** One who reads slowly, or not at all, holds as little as can be: they may be many. */
const chunksReadAhead = 1;

/** Puts the cipher around a store of bytes, which then never sees a plain one. */
export function createSealedFileStore(
  bytes: FileStore,
  keys: Pick<DataKeys, 'cached' | 'of'>,
): SealedFileStore {
  async function headerOf(fileId: string): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const part of bytes.read(fileId, { start: 0, end: headerLength - 1 }))
      parts.push(part as Buffer);
    return Buffer.concat(parts);
  }

  /** What was sealed as one piece. */
  const openPiece = (
    header: Buffer,
    seal: FileSeal,
    size: number,
    range: PlainRange,
  ): AsyncGenerator<Buffer> =>
    openBytes(bytes.read(seal.fileId, sealedRange(size, range)), header, seal, size, range);

  async function partsUnder(header: Buffer, seal: FileSeal, size: number): Promise<Part[]> {
    const listSize = plainSize((await bytes.sizeOf(seal.fileId)) ?? 0);
    const list: Buffer[] = [];
    for await (const part of openPiece(header, seal, listSize, { start: 0, end: listSize - 1 }))
      list.push(part);
    const parts = partsOfList(Buffer.concat(list));
    if (parts.reduce((sum, part) => sum + part.size, 0) === size) return parts;
    throw new SealBroken(`the parts of file ${seal.fileId} of ${seal.ownerId}`);
  }

  async function* open(file: StoredFile, range: PlainRange): AsyncGenerator<Buffer> {
    const { fileId, size, keyOwnerId } = file;
    if (keyOwnerId === null) throw new SealBroken(`bytes of file ${fileId} were never sealed`);
    const key = keys.cached(keyOwnerId) ?? (await keys.of(keyOwnerId));
    const sealOf = (id: string): FileSeal => ({ key: key.fileKey(id), fileId: id, ownerId: keyOwnerId });
    const header = await headerOf(fileId);
    if (formOf(header) === 'list') {
      const parts = await partsUnder(header, sealOf(fileId), size);
      for (const { part, within } of partsWithin(parts, range))
        yield* openPiece(await headerOf(part.id), sealOf(part.id), part.size, within);
    } else {
      yield* openPiece(header, sealOf(fileId), size, range);
    }
  }

  async function keep(fileId: string, key: DataKey, source: Readable, hash: Hash, form: SealedForm) {
    const plain = { size: 0, hash };
    const seal = { key: key.fileKey(fileId), fileId, ownerId: key.ownerId };
    const sealed = Readable.from(sealBytes(source, seal, plain, form), {
      objectMode: true,
      highWaterMark: chunksUnderWay,
    });
    try {
      await bytes.put(fileId, sealed, letGo);
    } catch (error) {
      source.destroy();
      throw error;
    }
    return { size: plain.size, sha256: hash.copy().digest() };
  }

  return {
    put: (fileId, key, source, hash = createHash('sha256')) => keep(fileId, key, source, hash, 'file'),

    async join(fileId, key, parts) {
      const sizes = await Promise.all(parts.map(({ id }) => bytes.sizeOf(id)));
      if (parts.some(({ size }, index) => sizes[index] !== sealedSize(size)))
        throw new SealBroken(`the parts of file ${fileId} of ${key.ownerId}`);
      await keep(fileId, key, Readable.from([listOf(parts)]), createHash('sha256'), 'list');
    },

    read: (file, range = { start: 0, end: file.size - 1 }) =>
      Readable.from(open(file, range), { objectMode: true, highWaterMark: chunksReadAhead }),

    sizeOf: (fileId) => bytes.sizeOf(fileId),
    remove: (fileId) => bytes.remove(fileId),
    keysBefore: (time) => bytes.keysBefore(time),
    check: () => bytes.check(),
    sweep: () => bytes.sweep(),
  };
}
