import { PictureDamaged } from './picture-damaged.ts';
import type { Pieces } from './pieces.ts';

/** A part of a file that stays in its place: as it is, or with other bytes of the same length. */
export interface Span {
  readonly start: number;
  readonly length: number;
  readonly bytes?: Buffer;
}

/**
 * Writes a file of the same length in which only these parts are left, and noughts are everywhere else. For formats whose
 * parts name each other's places.
 * @param from first byte that is written
 * @param to the byte after the last
 * @throws PictureDamaged when parts with other bytes lie across others, or outside
 */
export function writeSpans(out: Pieces, spans: readonly Span[], from: number, to: number): void {
  const sorted = spans.filter(({ length }) => length > 0).toSorted((a, b) => a.start - b.start);
  let at = from;
  let changedUntil = from;
  for (const { start, length, bytes } of sorted) {
    const end = start + length;
    if (start < changedUntil || end > to || (bytes && start < at)) {
      throw new PictureDamaged(`has parts across each other at ${start}`);
    }
    if (bytes) changedUntil = end;
    if (end <= at) continue;
    out.blank(Math.max(0, start - at));
    if (bytes) out.put(bytes);
    else out.keep(Math.max(start, at), end - Math.max(start, at));
    at = end;
  }
  out.blank(to - at);
}
