import { PassThrough, type Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/** A file on its way into a zip. */
export interface ZipEntry {
  /** A relative name, unique in the zip. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly at: Date;
  /** Asked once, when all before it has been read. */
  open(): Promise<Readable>;
}

export interface ZipStream {
  /** Of the whole zip, in bytes. */
  readonly size: number;
  /**
   * Begins to read the entries; called once.
   * @returns the zip's bytes. They fail with whatever an entry fails with; destroyed, they end what is being read.
   */
  start(): Readable;
}

/**
 * Puts files into a zip while it is read: one at a time, as they are, with Zip64 where sizes need it. Pictures and videos
 * are compressed already, and without compression the length is known beforehand, so that who gets less knows it.
 */
export function zipStream(entries: readonly ZipEntry[]): ZipStream {
  const zip = new ZipFile();
  const bytes = new PassThrough();
  const begun = Promise.withResolvers<void>();
  let reading: Readable | undefined;
  const fail = (error: unknown): void => {
    bytes.destroy(error instanceof Error ? error : new Error('A zip could not be written.'));
  };
  zip.on('error', fail);
  zip.outputStream.on('error', fail);
  bytes.once('close', () => reading?.destroy());

  for (const { name, size, at, open } of entries) {
    // Readable by all: some programs take over what the zip says.
    const options = { size, mtime: at, mode: 0o100644, compress: false };
    zip.addReadStreamLazy(name, options, (give) => {
      begun.promise.then(open).then((source) => {
        if (bytes.destroyed) {
          source.destroy();
          return;
        }
        reading = source;
        source.once('error', fail);
        give(undefined, source);
      }, fail);
    });
  }
  let total = -1;
  // Its types forget that the callback is told the size.
  const end = zip.end.bind(zip) as (options: object, told: (size: number) => void) => void;
  end({}, (size) => {
    total = size;
  });
  if (total < 0) throw new Error('The size of a zip is not known.');
  return {
    size: total,
    start() {
      zip.outputStream.pipe(bytes);
      begun.resolve();
      return bytes;
    },
  };
}
