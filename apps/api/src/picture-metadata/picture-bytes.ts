import type { Readable } from 'node:stream';
import { PictureDamaged } from './picture-damaged.ts';

/** Bytes from `start` to `end`, both inclusive. */
export type ReadRange = (range: { start: number; end: number }) => Readable;

/** A picture's bytes, looked at in any order, a small part of them in memory at a time. */
export interface PictureBytes {
  readonly size: number;
  /** Exactly these bytes. @throws PictureDamaged when the picture ends before, or was looked at too often */
  at(start: number, length: number): Promise<Buffer>;
  /** The bytes from `start` on, as many as are at hand and at least one. @throws PictureDamaged as {@link at} */
  from(start: number): Promise<Buffer>;
}

const windowSize = 256 * 1024;
/** A picture of 500 MB in the smallest blocks that programs write is looked at two million times. */
const mostLooks = 4_000_000;
/** Nothing that is looked at as a whole is longer. */
const longestLook = 16 * 1024 * 1024;

/**
 * @param size of the picture, in bytes
 * @param read gives a range of its bytes; whatever it fails with is thrown
 */
export function pictureBytes(size: number, read: ReadRange): PictureBytes {
  let first = 0;
  let held: Buffer = Buffer.alloc(0);
  let looks = 0;

  async function hold(start: number, length: number): Promise<void> {
    if (++looks > mostLooks) throw new PictureDamaged('made of too many parts');
    if (start < 0 || length > longestLook || start + length > size) {
      throw new PictureDamaged(`ends before ${start + length}`);
    }
    if (start >= first && start + length <= first + held.length) return;
    const parts: Buffer[] = [];
    const end = Math.min(size, start + Math.max(length, windowSize)) - 1;
    for await (const part of read({ start, end })) parts.push(part as Buffer);
    [first, held] = [start, Buffer.concat(parts)];
    if (held.length < length) throw new PictureDamaged(`ends before ${start + length}`);
  }

  return {
    size,
    async at(start, length) {
      await hold(start, length);
      return held.subarray(start - first, start - first + length);
    },
    async from(start) {
      await hold(start, 1);
      return held.subarray(start - first);
    },
  };
}
