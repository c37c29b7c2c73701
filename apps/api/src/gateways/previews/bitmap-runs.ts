import type { BitmapHeader } from './bitmap-header.ts';
import type { Pixels } from './draw-picture.ts';

/** The second byte after a nought, where it is no count. */
const marks = { endOfRow: 0, endOfPicture: 1, move: 2 } as const;

/**
 * Draws a bitmap of runs (BI_RLE4, BI_RLE8). What the runs leave out keeps the first colour; what lies beyond a row's end
 * is not drawn.
 * @throws an Error when the runs break off before the picture ends
 */
export function drawRuns(file: Buffer, header: BitmapHeader): Pixels {
  const { width, height, bits, palette } = header;
  const indices = new Uint8Array(width * height);
  const isFour = bits === 4;
  let at = header.pixelsAt;
  let x = 0;
  let row = 0;
  const next = (): number => {
    const byte = file[at++];
    if (byte === undefined) throw new Error('The bitmap is cut.');
    return byte;
  };
  const put = (index: number): void => {
    if (x < width && row < height) indices[(height - 1 - row) * width + x] = index;
    x += 1;
  };
  /** Two pixels a byte: the first one is the upper half. */
  const half = (byte: number, position: number): number =>
    isFour ? (position % 2 === 0 ? byte >> 4 : byte & 15) : byte;

  function literal(count: number): void {
    const bytes = isFour ? Math.ceil(count / 2) : count;
    let byte = 0;
    for (let position = 0; position < count; position += 1) {
      if (!isFour || position % 2 === 0) byte = next();
      put(half(byte, position));
    }
    if (bytes % 2 === 1) next();
  }

  while (row < height) {
    const count = next();
    const byte = next();
    if (count > 0) {
      for (let position = 0; position < count; position += 1) put(half(byte, position));
    } else if (byte === marks.endOfRow) {
      x = 0;
      row += 1;
    } else if (byte === marks.endOfPicture) {
      break;
    } else if (byte === marks.move) {
      x += next();
      row += next();
    } else {
      literal(byte);
    }
  }
  return coloured(indices, header, palette);
}

function coloured(indices: Uint8Array, { width, height }: BitmapHeader, palette: Uint8Array): Pixels {
  const data = new Uint8Array(indices.length * 3);
  let to = 0;
  for (const index of indices) {
    data[to++] = palette[index * 3] ?? 0;
    data[to++] = palette[index * 3 + 1] ?? 0;
    data[to++] = palette[index * 3 + 2] ?? 0;
  }
  return { data, width, height, channels: 3 };
}
