import { PictureDamaged } from './picture-damaged.ts';
import type { PictureBytes } from './picture-bytes.ts';
import type { Pieces } from './pieces.ts';
import { type Span, writeSpans } from './spans.ts';

/** The tags that decide how a picture looks: TIFF 6.0 and its technical notes, orientation and colour profile included. */
const kept = new Set([
  254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284,
  286, 287, 290, 291, 292, 293, 296, 297, 301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 326, 327, 328,
  330, 332, 334, 336, 338, 339, 340, 341, 347, 529, 530, 531, 532, 32995, 32996, 32997, 34675, 37439,
]);
const compressionTag = 259;
const subDirectories = 330;
/** Places and lengths of what is drawn: in strips, or in tiles. */
const dataTags = [
  [273, 279],
  [324, 325],
] as const;
/** Its tables say where they begin and not how long they are. */
const oldJpeg = 6;
/** Bytes of a value, by its type. */
const sizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];
const short = 3;
const long = 4;
const directoryType = 13;
const mostDirectories = 4096;
const mostEntries = 1024;
/** Strips and tiles of all pictures together. */
const mostParts = 100_000;

interface Entry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** As it stands in the directory. */
  readonly raw: Buffer;
  /** Where its values are; in the directory itself when they fit. */
  readonly at: number;
}

/**
 * A TIFF (6.0) without GPS, Exif, XMP, IPTC, names, dates, descriptions and private tags. Everything keeps its place:
 * directories are written anew, what is drawn stays as it is, and noughts are where something else was.
 * @throws PictureDamaged
 */
export async function cleanTiff(bytes: PictureBytes, out: Pieces): Promise<void> {
  const head = await bytes.at(0, 8);
  const order = head.toString('latin1', 0, 2);
  if (order !== 'II' && order !== 'MM') throw new PictureDamaged('does not begin as a TIFF');
  const u16 = (from: Buffer, at: number) => (order === 'II' ? from.readUInt16LE(at) : from.readUInt16BE(at));
  const u32 = (from: Buffer, at: number) => (order === 'II' ? from.readUInt32LE(at) : from.readUInt32BE(at));
  if (u16(head, 2) !== 42) throw new PictureDamaged('is no TIFF of four-byte places');

  const spans: Span[] = [{ start: 0, length: 8 }];
  const seen = new Set<number>();
  const waiting = [u32(head, 4)];
  let parts = 0;
  let hasData = false;

  for (let start = waiting.pop(); start !== undefined; start = waiting.pop()) {
    if (start === 0) continue;
    if (seen.has(start) || seen.size === mostDirectories) throw new PictureDamaged('goes round in circles');
    seen.add(start);
    waiting.push(await cleanDirectory(start));
  }
  if (!hasData) throw new PictureDamaged('has no picture');
  writeSpans(out, spans, 0, bytes.size);

  /** @returns where the next directory is; nought when there is none */
  async function cleanDirectory(start: number): Promise<number> {
    const count = u16(await bytes.at(start, 2), 0);
    if (count > mostEntries) throw new PictureDamaged(`has too many entries at ${start}`);
    const old = Buffer.from(await bytes.at(start, 2 + 12 * count + 4));
    const entries: Entry[] = [];
    for (let index = 0; index < count; index += 1) {
      const entry = entryAt(old, start, 2 + 12 * index);
      if (entry) entries.push(entry);
    }
    const written = Buffer.alloc(old.length);
    const next = old.subarray(old.length - 4);
    old.copy(written, 0, 0, 2);
    if (order === 'II') written.writeUInt16LE(entries.length, 0);
    else written.writeUInt16BE(entries.length, 0);
    entries.forEach(({ raw }, index) => raw.copy(written, 2 + 12 * index));
    next.copy(written, 2 + 12 * entries.length);
    spans.push({ start, length: written.length, bytes: written });
    await keepData(entries);
    return u32(next, 0);
  }

  /** An entry that stays, with its values; undefined for one that goes. */
  function entryAt(directory: Buffer, start: number, at: number): Entry | undefined {
    const raw = directory.subarray(at, at + 12);
    const [tag, type, count] = [u16(raw, 0), u16(raw, 2), u32(raw, 4)];
    const size = sizes[type];
    if (!kept.has(tag) || !size) return undefined;
    const length = size * count;
    if (length <= 4) return { tag, type, count, raw, at: start + at + 8 };
    const place = u32(raw, 8);
    if (place + length > bytes.size) throw new PictureDamaged(`is cut at the values of ${tag}`);
    spans.push({ start: place, length });
    return { tag, type, count, raw, at: place };
  }

  async function keepData(entries: readonly Entry[]): Promise<void> {
    const by = new Map(entries.map((entry) => [entry.tag, entry]));
    const compression = by.get(compressionTag);
    if (compression && (await valuesOf(compression))[0] === oldJpeg) {
      throw new PictureDamaged('is a JPEG of the old kind');
    }
    for (const [placeTag, lengthTag] of dataTags) {
      const [places, lengths] = [by.get(placeTag), by.get(lengthTag)];
      if (!places && !lengths) continue;
      if (!places || places.count !== lengths?.count) throw new PictureDamaged('says nothing of its lengths');
      const [starts, sizesOf] = [await valuesOf(places), await valuesOf(lengths)];
      starts.forEach((start, index) => {
        // Of what is cut decoders show what there is.
        const length = Math.min(sizesOf[index] ?? 0, bytes.size - start);
        if (length <= 0) return;
        spans.push({ start, length });
        hasData = true;
      });
    }
    const below = by.get(subDirectories);
    if (below) for (const place of await valuesOf(below)) waiting.push(place);
  }

  async function valuesOf({ type, count, at }: Entry): Promise<number[]> {
    parts += count;
    if (parts > mostParts * 2) throw new PictureDamaged('made of too many parts');
    if (type !== short && type !== long && type !== directoryType) {
      throw new PictureDamaged(`says a place as a value of type ${type}`);
    }
    const size = type === short ? 2 : 4;
    const raw = await bytes.at(at, size * count);
    return Array.from({ length: count }, (_, index) =>
      size === 2 ? u16(raw, index * 2) : u32(raw, index * 4),
    );
  }
}
