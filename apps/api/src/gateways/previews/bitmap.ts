import { type BitmapHeader, readBitmapHeader } from './bitmap-header.ts';
import { drawRuns } from './bitmap-runs.ts';
import type { Pixels } from './draw-picture.ts';

/**
 * Reads a Windows or OS/2 bitmap: 1, 2, 4, 8, 16, 24 and 32 bits a pixel, runs of 4 and 8 bits, bit fields, either
 * direction, every header from OS/2's to V5. Source: Microsoft's BITMAPFILEHEADER, BITMAPINFOHEADER, BITMAPV4HEADER and
 * BITMAPV5HEADER. Bitmaps that hold a JPEG or a PNG are for printers and not read.
 * @returns red, green, blue, and alpha when a mask for it is declared
 * @throws an Error for what is cut, contradicts itself, or declares more pixels than the limit
 */
export function readBitmap(file: Buffer): Pixels {
  const header = readBitmapHeader(file);
  if (header.compression === 'runs') return drawRuns(file, header);
  return header.masks ? drawMasked(file, header) : drawIndexed(file, header);
}

/** Bytes of a row: rows end on four bytes. */
const strideOf = ({ width, bits }: BitmapHeader): number => Math.ceil((width * bits) / 32) * 4;

function rowsOf(file: Buffer, header: BitmapHeader): (row: number) => number {
  const stride = strideOf(header);
  // Some writers leave the padding of the last row out.
  const needed = stride * (header.height - 1) + Math.ceil((header.width * header.bits) / 8);
  if (header.pixelsAt + needed > file.length) throw new Error('The bitmap is cut.');
  return (row) => header.pixelsAt + stride * (header.topDown ? row : header.height - 1 - row);
}

function drawIndexed(file: Buffer, header: BitmapHeader): Pixels {
  const { width, height, bits, palette } = header;
  const rowAt = rowsOf(file, header);
  const data = new Uint8Array(width * height * 3);
  const perByte = 8 / bits;
  const mask = 2 ** bits - 1;
  let to = 0;
  for (let row = 0; row < height; row += 1) {
    const from = rowAt(row);
    for (let x = 0; x < width; x += 1) {
      const byte = file[from + Math.floor(x / perByte)] ?? 0;
      const index = (byte >> (bits * (perByte - 1 - (x % perByte)))) & mask;
      // An index beyond the palette is black, as browsers have it.
      data[to++] = palette[index * 3] ?? 0;
      data[to++] = palette[index * 3 + 1] ?? 0;
      data[to++] = palette[index * 3 + 2] ?? 0;
    }
  }
  return { data, width, height, channels: 3 };
}

/** Takes one channel out of a pixel and stretches it to eight bits. */
function channelOf(mask: number): (pixel: number) => number {
  if (mask === 0) return () => 0;
  const shift = 31 - Math.clz32(mask & -mask);
  const most = mask >>> shift;
  return (pixel) => Math.round((((pixel & mask) >>> shift) * 255) / most);
}

function drawMasked(file: Buffer, header: BitmapHeader): Pixels {
  const { width, height, bits, masks } = header;
  if (!masks) throw new Error('The bitmap has no masks.');
  const rowAt = rowsOf(file, header);
  const channels = masks.alpha === 0 ? 3 : 4;
  const data = new Uint8Array(width * height * channels);
  const [red, green, blue] = [masks.red, masks.green, masks.blue].map(channelOf);
  const alpha = channelOf(masks.alpha);
  if (!red || !green || !blue) throw new Error('The bitmap has no masks.');
  const step = bits / 8;
  let to = 0;
  let opaque = 0;
  for (let row = 0; row < height; row += 1) {
    let from = rowAt(row);
    for (let x = 0; x < width; x += 1) {
      const pixel = file.readUIntLE(from, step);
      from += step;
      data[to++] = red(pixel);
      data[to++] = green(pixel);
      data[to++] = blue(pixel);
      if (channels === 4) {
        const value = alpha(pixel);
        opaque |= value;
        data[to++] = value;
      }
    }
  }
  // Many writers declare alpha and leave it nought: nobody means a picture that cannot be seen.
  if (channels === 4 && opaque === 0) for (let at = 3; at < data.length; at += 4) data[at] = 255;
  return { data, width, height, channels };
}
