import { PictureDamaged } from './picture-damaged.ts';

/** A box of a file in the form of ISO/IEC 14496-12. */
export interface Box {
  readonly type: string;
  readonly start: number;
  /** Where its content begins. */
  readonly body: number;
  readonly end: number;
}

/**
 * Reads the head of a box.
 * @param head its first 16 bytes, or as many as there are
 * @param limit where the file, or the box around it, ends
 * @throws PictureDamaged
 */
export function boxAt(head: Buffer, start: number, limit: number): Box {
  if (head.length < 8) throw new PictureDamaged(`is cut at ${start}`);
  const short = head.readUInt32BE();
  const isLong = short === 1;
  if (isLong && head.length < 16) throw new PictureDamaged(`is cut at ${start}`);
  const length = isLong ? Number(head.readBigUInt64BE(8)) : short === 0 ? limit - start : short;
  const body = start + (isLong ? 16 : 8);
  const end = start + length;
  if (end < body || end > limit) throw new PictureDamaged(`has a box of a wrong length at ${start}`);
  return { type: head.toString('latin1', 4, 8), start, body, end };
}

/** The boxes in a part of a buffer, one after the other. @throws PictureDamaged */
export function boxesIn(buffer: Buffer, start: number, end: number): Box[] {
  const found: Box[] = [];
  for (let at = start; at < end; ) {
    const box = boxAt(buffer.subarray(at, Math.min(at + 16, end)), at, end);
    found.push(box);
    at = box.end;
  }
  return found;
}

/** Reads numbers one after the other. @throws PictureDamaged when there are no more */
export function numbersFrom(buffer: Buffer, start: number, end: number) {
  let at = start;
  return {
    /** @param length in bytes: 0, 1, 2, 4 or 8; of no bytes it is nought */
    next(length: number): number {
      if (length === 0) return 0;
      if (at + length > end || ![1, 2, 4, 8].includes(length)) throw new PictureDamaged(`is cut at ${at}`);
      at += length;
      return length === 8 ? Number(buffer.readBigUInt64BE(at - 8)) : buffer.readUIntBE(at - length, length);
    },
    text(length: number): string {
      if (at + length > end) throw new PictureDamaged(`is cut at ${at}`);
      at += length;
      return buffer.toString('latin1', at - length, at);
    },
    get at() {
      return at;
    },
  };
}
