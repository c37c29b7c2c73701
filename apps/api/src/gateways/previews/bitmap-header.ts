import { previewLimits } from './preview-limits.ts';

export interface Masks {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  /** Nought where there is none. */
  readonly alpha: number;
}

export interface BitmapHeader {
  readonly width: number;
  readonly height: number;
  readonly topDown: boolean;
  /** Of one pixel. */
  readonly bits: number;
  readonly compression: 'none' | 'runs';
  /** Red, green and blue of each colour; empty where pixels say their colour themselves. */
  readonly palette: Uint8Array;
  /** Where in a pixel its channels are; undefined where pixels are numbers of colours. */
  readonly masks: Masks | undefined;
  /** Where in the file the pixels begin. */
  readonly pixelsAt: number;
}

const fileHeader = 14;
/** Header lengths: OS/2 1.x, OS/2 2.x short and long, Windows 3, with three and four masks, V4, V5. */
const lengths = new Set([12, 16, 40, 52, 56, 64, 108, 124]);
const compressions = { none: 0, runs8: 1, runs4: 2, fields: 3, alphaFields: 6 } as const;

const fiveEach: Masks = { red: 0x7c00, green: 0x03e0, blue: 0x001f, alpha: 0 };
const eightEach: Masks = { red: 0xff0000, green: 0x00ff00, blue: 0x0000ff, alpha: 0 };

/** @throws an Error for what is cut, contradicts itself, or declares more pixels than the limit */
export function readBitmapHeader(file: Buffer): BitmapHeader {
  if (file.toString('latin1', 0, 2) !== 'BM') throw new Error('This is no bitmap.');
  const length = file.readUInt32LE(fileHeader);
  if (!lengths.has(length) || fileHeader + length > file.length) throw new Error('The header is not known.');
  const isOldest = length === 12;
  const width = isOldest ? file.readUInt16LE(18) : file.readInt32LE(18);
  const tall = isOldest ? file.readUInt16LE(20) : file.readInt32LE(22);
  const bits = file.readUInt16LE(isOldest ? 24 : 28);
  const compression = length >= 40 || length === 16 ? compressionAt(file, length) : compressions.none;
  const height = Math.abs(tall);
  if (width <= 0 || height === 0 || width * height > previewLimits.pixels) {
    throw new Error('The bitmap declares no size, or too much of it.');
  }
  requirePair(bits, compression, tall < 0);
  const masks = bits >= 16 ? masksOf(file, length, bits, compression) : undefined;
  const isRuns = compression === compressions.runs4 || compression === compressions.runs8;
  return {
    width,
    height,
    topDown: tall < 0,
    bits,
    compression: isRuns ? 'runs' : 'none',
    palette: masks ? new Uint8Array(0) : paletteOf(file, length, bits),
    masks,
    pixelsAt: file.readUInt32LE(10),
  };
}

function compressionAt(file: Buffer, length: number): number {
  // A header of sixteen bytes ends before it would say so.
  return length === 16 ? compressions.none : file.readUInt32LE(30);
}

function requirePair(bits: number, compression: number, topDown: boolean): void {
  const { none, runs8, runs4, fields, alphaFields } = compressions;
  const allowed =
    (compression === none && [1, 2, 4, 8, 16, 24, 32].includes(bits)) ||
    (compression === runs8 && bits === 8 && !topDown) ||
    (compression === runs4 && bits === 4 && !topDown) ||
    ((compression === fields || compression === alphaFields) && (bits === 16 || bits === 32));
  if (!allowed) throw new Error('The bitmap’s form is not known.');
}

/** The masks follow a Windows 3 header, and stand at the same place inside of the later ones. */
function masksOf(file: Buffer, length: number, bits: number, compression: number): Masks {
  const hasOwn = compression === compressions.fields || compression === compressions.alphaFields;
  if (!hasOwn) return bits === 16 ? fiveEach : eightEach;
  const hasAlpha = length >= 56 || compression === compressions.alphaFields;
  const at = fileHeader + 40;
  return {
    red: file.readUInt32LE(at),
    green: file.readUInt32LE(at + 4),
    blue: file.readUInt32LE(at + 8),
    alpha: hasAlpha && length !== 64 ? file.readUInt32LE(at + 12) : 0,
  };
}

function paletteOf(file: Buffer, length: number, bits: number): Uint8Array {
  const isOldest = length === 12;
  const entry = isOldest ? 3 : 4;
  const most = 2 ** bits;
  const said = length >= 40 ? file.readUInt32LE(46) : 0;
  const start = fileHeader + length;
  const room = Math.floor(Math.max(0, Math.min(file.readUInt32LE(10), file.length) - start) / entry);
  const count = Math.min(said === 0 ? most : said, most, room);
  const palette = new Uint8Array(count * 3);
  for (let index = 0; index < count; index += 1) {
    const at = start + index * entry;
    palette[index * 3] = file[at + 2] ?? 0;
    palette[index * 3 + 1] = file[at + 1] ?? 0;
    palette[index * 3 + 2] = file[at] ?? 0;
  }
  return palette;
}
