import { type PlainRange, sealedSize } from './sealed-bytes.ts';

/** Bytes of a file that are kept by themselves, in the order of the file. */
export interface Part {
  /** A key of the store. */
  readonly id: string;
  /** Plain bytes. */
  readonly size: number;
}

/** A part's id as sixteen bytes, and its size as four. */
const idLength = 16;
const entryLength = idLength + 4;

/** The list of the parts in which a file lies, to be sealed under the file's own id. */
export function listOf(parts: readonly Part[]): Buffer {
  const list = Buffer.alloc(parts.length * entryLength);
  for (const [index, { id, size }] of parts.entries()) {
    list.write(id.replaceAll('-', ''), index * entryLength, 'hex');
    list.writeUInt32BE(size, index * entryLength + idLength);
  }
  return list;
}

export function partsOfList(list: Buffer): Part[] {
  return Array.from({ length: list.length / entryLength }, (_, index) => {
    const entry = list.subarray(index * entryLength, (index + 1) * entryLength);
    const digits = entry.toString('hex', 0, idLength);
    const id = digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    return { id, size: entry.readUInt32BE(idLength) };
  });
}

/** The parts that hold a range of the file, each with its share of the range: first and last byte within the part. */
export function partsWithin(parts: readonly Part[], { start, end }: PlainRange) {
  let next = 0;
  return parts.flatMap((part) => {
    const begin = next;
    next += part.size;
    const within = { start: Math.max(0, start - begin), end: Math.min(part.size - 1, end - begin) };
    return within.start <= within.end ? [{ part, within }] : [];
  });
}

/** How many bytes the list of so many parts has once it is sealed. */
export const sealedListSize = (parts: number): number => sealedSize(parts * entryLength);
