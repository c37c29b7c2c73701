import type { Readable } from 'node:stream';

/** A file on its way in. */
export interface IncomingFile {
  /** As its sender calls it. */
  readonly name: string;
  readonly bytes: Readable;
  /**
   * To be called once the bytes have been read: whether that was all of it, and nothing else came along.
   * @throws ProblemError when the file was too large, or more than one part was sent
   */
  end(): Promise<void>;
}
