import { crc32, deflateSync } from 'node:zlib';

/** A file as Playwright hands it to a page. */
export interface TestFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const fileHeaderBytes = 14;
const infoHeaderBytes = 40;

/** A real bitmap (BITMAPINFOHEADER, 24 bits a pixel, rows from the bottom up): a soft slope between two colors. */
export function bitmap(name: string, width = 320, height = 240): TestFile {
  const rowBytes = Math.ceil((width * 3) / 4) * 4;
  const offset = fileHeaderBytes + infoHeaderBytes;
  const buffer = Buffer.alloc(offset + rowBytes * height);
  buffer.write('BM', 0, 'latin1');
  buffer.writeUInt32LE(buffer.length, 2);
  buffer.writeUInt32LE(offset, 10);
  buffer.writeUInt32LE(infoHeaderBytes, 14);
  buffer.writeInt32LE(width, 18);
  buffer.writeInt32LE(height, 22);
  buffer.writeUInt16LE(1, 26);
  buffer.writeUInt16LE(24, 28);
  buffer.writeUInt32LE(rowBytes * height, 34);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const share = (x / width + y / height) / 2;
      // Blue, green, red.
      const pixel = [150 - 60 * share, 170 - 50 * share, 214 - 20 * share].map(Math.round);
      buffer.set(pixel, offset + y * rowBytes + x * 3);
    }
  }
  return { name, mimeType: 'image/bmp', buffer };
}

/** A plain text file. */
export function note(name: string, text: string): TestFile {
  return { name, mimeType: 'text/plain', buffer: Buffer.from(text) };
}

/** A PNG of a soft slope that says in words where it was taken, as a telephone's photographs do in theirs. */
export function photograph(name: string, place: string, width = 320, height = 240): TestFile {
  const rows = Buffer.alloc((1 + width * 3) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const share = (x / width + y / height) / 2;
      rows.set(
        [214 - 20 * share, 170 - 50 * share, 150 - 60 * share].map(Math.round),
        y * (1 + width * 3) + 1 + x * 3,
      );
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  // Eight bits of red, green and blue each.
  header.set([8, 2], 8);
  const buffer = Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('tEXt', Buffer.from(`Location\0${place}`, 'latin1')),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return { name, mimeType: 'image/png', buffer };
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
