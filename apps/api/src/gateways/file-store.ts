import type { Readable } from 'node:stream';

/** There is no such file. Names itself as a disk's error does, by which readers know it. */
export class BytesMissing extends Error {
  readonly code = 'ENOENT';

  constructor(key: string) {
    super(`There are no bytes of ${key}.`);
    this.name = 'BytesMissing';
  }
}

/** Where bytes live, whatever they say: what comes here is sealed already (vault/sealed-file-store.ts). Keys are ids that the API minted, never anything a person typed. */
export interface FileStore {
  /**
   * Takes a stream to the end and keeps it: flushed to disk and visible whole, or not at all.
   * @param source the bytes as they arrive; an error or abort leaves nothing behind
   * @param kept told of each buffer that the store has no more need of
   * @throws ProblemError `storage-full` when there is no room
   */
  put(key: string, source: Readable, kept?: (bytes: Buffer) => void): Promise<void>;
  /**
   * The bytes from `start` to `end`, both inclusive; the whole file when left out. Fails with an error whose `code` is
   * `ENOENT` when there is no such file.
   */
  read(key: string, range?: { start: number; end: number }): Readable;
  /** How many bytes it has; undefined when there is no such file. */
  sizeOf(key: string): Promise<number | undefined>;
  remove(key: string): Promise<void>;
  /** Keys of files that have been whole since before a time; for finding those that no row names. */
  keysBefore(time: Date): AsyncIterable<string>;
  /**
   * Writes a few bytes, reads them and removes them: whether uploads and downloads find their place.
   * @throws ProblemError `storage-full` when there is no room, or what the store said
   */
  check(): Promise<void>;
  /** Removes what interrupted uploads left behind. */
  sweep(): Promise<void>;
}
