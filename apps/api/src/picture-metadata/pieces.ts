import { PictureDamaged } from './picture-damaged.ts';
import type { ReadRange } from './picture-bytes.ts';

/** A part of a new file: bytes of the old one, bytes of its own, or noughts. */
type Piece =
  | { readonly start: number; readonly length: number }
  | { readonly bytes: Buffer }
  | { readonly noughts: number };

/** How a new file is put together from an old one, in order. */
export interface Pieces {
  /** These bytes of the old file. */
  keep(start: number, length: number): void;
  put(bytes: Buffer): void;
  /** Noughts, where what follows must stay in its place. */
  blank(length: number): void;
  append(other: Pieces): void;
  readonly list: readonly Piece[];
  /** Of the new file, in bytes. */
  readonly size: number;
}

/** More than any picture needs; a list of them must not fill the memory. */
const mostPieces = 200_000;
const blankSize = 64 * 1024;

const lengthOf = (piece: Piece): number => {
  if ('bytes' in piece) return piece.bytes.length;
  return 'noughts' in piece ? piece.noughts : piece.length;
};

export function createPieces(): Pieces {
  const list: Piece[] = [];
  let size = 0;

  function add(piece: Piece): void {
    const length = lengthOf(piece);
    if (length === 0) return;
    if (list.length === mostPieces) throw new PictureDamaged('made of too many parts');
    list.push(piece);
    size += length;
  }

  return {
    list,
    get size() {
      return size;
    },
    keep(start, length) {
      const last = list.at(-1);
      if (last && 'start' in last && last.start + last.length === start && length > 0) {
        list[list.length - 1] = { start: last.start, length: last.length + length };
        size += length;
      } else add({ start, length });
    },
    // What was looked at belongs to a window that goes on.
    put: (bytes) => add({ bytes: Buffer.from(bytes) }),
    blank: (noughts) => add({ noughts }),
    append(other) {
      for (const piece of other.list) add(piece);
    },
  };
}

/** The new file's bytes. @param read gives a range of the old one */
export async function* bytesOf({ list }: Pick<Pieces, 'list'>, read: ReadRange): AsyncGenerator<Buffer> {
  for (const piece of list) {
    if ('bytes' in piece) yield piece.bytes;
    else if ('noughts' in piece) {
      for (let left = piece.noughts; left > 0; left -= blankSize)
        yield Buffer.alloc(Math.min(left, blankSize));
    } else {
      const { start, length } = piece;
      for await (const part of read({ start, end: start + length - 1 })) yield part as Buffer;
    }
  }
}
