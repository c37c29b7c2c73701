import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { bitmapOf } from '../../../test/support/sample-bitmaps.ts';
import { heicDeclaring, heicOfItself } from '../../../test/support/sample-heics.ts';
import { pdfOf, pdfPage, stream } from '../../../test/support/sample-pdfs.ts';
import { samplePictures } from '../../../test/support/sample-pictures.ts';
import { tiffOf } from '../../../test/support/sample-tiffs.ts';
import { previewLimits } from './preview-limits.ts';
import { createPreviewMaker } from './preview-maker.ts';

/** Whoever refuses does so within two seconds of a processor, and with hardly more memory than Node takes by itself. */
const maker = createPreviewMaker({ ...previewLimits, processorSeconds: 2, memory: 1024 * 1024 * 1024 });
const outcome = async (mediaType: string, bytes: Buffer): Promise<string> => {
  const made = await maker.make(mediaType, Readable.from([bytes]), new AbortController().signal);
  return typeof made === 'string' ? made : 'drawn';
};

const honest = new Map((await samplePictures()).map(({ name, bytes }) => [name, bytes]));
const sample = (name: string): Buffer => Buffer.from(honest.get(name) ?? []);
const cut = (name: string): Buffer => sample(name).subarray(0, Math.floor(sample(name).length * 0.6));
/** The same file, declaring 50,000 pixels a side where it declares its size. */
function vast(
  name: string,
  at: (bytes: Buffer) => number,
  write: (bytes: Buffer, at: number) => void,
): Buffer {
  const bytes = sample(name);
  write(bytes, at(bytes));
  return bytes;
}
const vastSides = { width: 50_000, height: 50_000 };
const none = Buffer.alloc(0);
const catalogue = '<< /Type /Catalog /Pages 2 0 R >>';

const before = process.memoryUsage.rss();

test.each([
  ['a cut JPEG', 'image/jpeg', cut('jpg')],
  ['a cut PNG', 'image/png', cut('png')],
  ['a cut TIFF', 'image/tiff', cut('tiff')],
  ['a cut HEIC', 'image/heic', cut('heic')],
  ['a cut bitmap', 'image/bmp', cut('bmp, 24 bit')],
  ['a bitmap whose runs break off', 'image/bmp', cut('bmp, RLE8')],
  [
    'a PNG that declares 50,000 × 50,000',
    'image/png',
    vast(
      'png',
      () => 16,
      (bytes, at) => bytes.writeUInt32BE(50_000, bytes.writeUInt32BE(50_000, at)),
    ),
  ],
  [
    'a GIF that declares 50,000 × 50,000',
    'image/gif',
    vast(
      'gif',
      // Of its first frame: the screen that it declares besides is nothing but a hint.
      (bytes) => bytes.indexOf(Buffer.from([0x2c, 0, 0, 0, 0])) + 5,
      (bytes, at) => bytes.writeUInt16LE(50_000, bytes.writeUInt16LE(50_000, at)),
    ),
  ],
  [
    'a JPEG that declares 50,000 × 50,000',
    'image/jpeg',
    vast(
      'jpg',
      (bytes) => bytes.indexOf(Buffer.from([0xff, 0xc0])) + 5,
      (bytes, at) => bytes.writeUInt16BE(50_000, bytes.writeUInt16BE(50_000, at)),
    ),
  ],
  ['a TIFF that declares 50,000 × 50,000', 'image/tiff', tiffOf([{ ...vastSides, data: none }], 'little')],
  ['a HEIC that declares 50,000 × 50,000', 'image/heic', heicDeclaring(50_000, 50_000)],
  [
    'a bitmap that declares 50,000 × 50,000',
    'image/bmp',
    bitmapOf({ ...vastSides, header: 40, bits: 1, pixels: none }),
  ],
  [
    'a bitmap of runs that declares them',
    'image/bmp',
    bitmapOf({ ...vastSides, header: 40, bits: 8, compression: 1, pixels: none }),
  ],
  ['a HEIC made of itself', 'image/heic', heicOfItself()],
  ['a PDF without a page', 'application/pdf', pdfOf([catalogue, '<< /Type /Pages /Kids [] /Count 0 >>'])],
  [
    'a PDF whose pages hold themselves',
    'application/pdf',
    pdfOf([catalogue, '<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>']),
  ],
  [
    'a PDF with a drawing that draws itself',
    'application/pdf',
    pdfPage(
      '/F Do',
      '0 0 612 792',
      [
        stream(
          '/F Do /F Do',
          '/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /XObject << /F 5 0 R >> >>',
        ),
      ],
      '/Resources << /XObject << /F 5 0 R >> >>',
    ),
  ],
  ['a header that is not known', 'image/bmp', Buffer.concat([Buffer.from('BM'), Buffer.alloc(80, 7)])],
  [
    'an SVG under another name',
    'image/png',
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
  ],
  ['noise', 'image/webp', Buffer.alloc(5000, 0x5a)],
  ['noise', 'image/heic', Buffer.alloc(5000, 0x5a)],
  ['noise', 'application/pdf', Buffer.alloc(5000, 0x5a)],
  ['nothing', 'image/gif', none],
])('nothing is made of %s, %s', async (_, mediaType, bytes) => {
  expect(await outcome(mediaType, bytes)).toBe('unreadable');
});

const image = '/Type /XObject /Subtype /Image /ColorSpace /DeviceRGB /BitsPerComponent 8';
test.each([
  ['whose page is 50,000 × 50,000 points', pdfPage('1 0 0 rg 0 0 9 9 re f', '0 0 50000 50000')],
  [
    'with a picture that declares 50,000 × 50,000',
    pdfPage(
      '612 0 0 792 0 0 cm /P Do',
      '0 0 612 792',
      [stream('x', `${image} /Width 50000 /Height 50000`)],
      '/Resources << /XObject << /P 5 0 R >> >>',
    ),
  ],
])('a PDF %s is drawn without it', async (_, bytes) => {
  expect(await outcome('application/pdf', bytes)).toBe('drawn');
});

test('whoever asked for all these has not grown', () => {
  expect(process.memoryUsage.rss() - before).toBeLessThan(100_000_000);
});
