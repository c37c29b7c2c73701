import { Readable } from 'node:stream';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { bitmapOf, type Reference } from '../../../test/support/sample-bitmaps.ts';
import { samplePictures } from '../../../test/support/sample-pictures.ts';
import { tiffOf } from '../../../test/support/sample-tiffs.ts';
import { previewLimits } from './preview-limits.ts';
import { createPreviewMaker, mayHavePreview, type ProcessLimits } from './preview-maker.ts';

const maker = createPreviewMaker();
const pictures = await samplePictures();
const make = (mediaType: string, bytes: Buffer) =>
  maker.make(mediaType, Readable.from([bytes]), new AbortController().signal);

/** How far a picture is from what it should show: the mean difference of a channel, of 255. */
async function distance(webp: Buffer, { data, width, height }: Reference): Promise<number> {
  const shown = await sharp(webp).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  expect([shown.info.width, shown.info.height]).toEqual([width, height]);
  let sum = 0;
  for (let at = 0; at < data.length; at += 1) sum += Math.abs((data[at] ?? 0) - (shown.data[at] ?? 0));
  return sum / data.length;
}

test('there are enough samples', () => expect(pictures.length).toBeGreaterThanOrEqual(50));

test.each(pictures)('$name looks like what it is', async ({ mediaType, bytes, shows, pages, name }) => {
  expect(mayHavePreview(mediaType, bytes.length)).toBe(true);
  const preview = await make(mediaType, bytes);
  if (!preview) throw new Error(`There is no preview of ${name}.`);
  expect(preview.pages).toBe(pages);
  // Blocks of flat colour, through a lossy form once or twice; CMYK has fewer colours than a screen.
  expect(await distance(preview.bytes, shows)).toBeLessThan(name.includes('CMYK') ? 32 : 12);
});

test('a preview has no metadata, and no side beyond the limit', async () => {
  const large = sharp({ create: { width: 4000, height: 1000, channels: 3, background: '#336699' } });
  const photo = await large
    .withExif({ IFD0: { Copyright: 'CANARY' }, IFD3: { GPSLatitude: '37/1 46/1 30/1' } })
    .jpeg()
    .toBuffer();
  expect(photo.includes('CANARY')).toBe(true);
  const preview = await make('image/jpeg', photo);
  const facts = await sharp(preview?.bytes).metadata();
  expect(facts).toMatchObject({ format: 'webp', width: previewLimits.side, height: 400 });
  expect([facts.exif, facts.xmp, facts.icc, facts.iptc]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(preview?.bytes.includes('CANARY')).toBe(false);
});

describe('nothing is made of', () => {
  const honest = new Map(pictures.map(({ name, bytes }) => [name, bytes]));
  const cut = (name: string): Buffer => {
    const bytes = honest.get(name) ?? Buffer.alloc(0);
    return bytes.subarray(0, Math.floor(bytes.length * 0.6));
  };
  /** A PNG whose header declares 50,000 pixels a side. */
  const vastPng = Buffer.from(honest.get('png') ?? []);
  vastPng.writeUInt32BE(50_000, 16);
  vastPng.writeUInt32BE(50_000, 20);
  const size = { width: 50_000, height: 50_000 };
  const none = Buffer.alloc(0);

  test.each([
    ['a cut JPEG', 'image/jpeg', cut('jpg')],
    ['a cut PNG', 'image/png', cut('png')],
    ['a cut TIFF', 'image/tiff', cut('tiff')],
    ['a cut bitmap', 'image/bmp', cut('bmp, 24 bit')],
    ['a bitmap whose runs break off', 'image/bmp', cut('bmp, RLE8')],
    ['a PNG that declares 50,000 × 50,000', 'image/png', vastPng],
    ['a TIFF that declares 50,000 × 50,000', 'image/tiff', tiffOf([{ ...size, data: none }], 'little')],
    [
      'a bitmap that declares 50,000 × 50,000',
      'image/bmp',
      bitmapOf({ ...size, header: 40, bits: 1, pixels: none }),
    ],
    [
      'a bitmap of runs that declares them',
      'image/bmp',
      bitmapOf({ ...size, header: 40, bits: 8, compression: 1, pixels: none }),
    ],
    ['a header that is not known', 'image/bmp', Buffer.concat([Buffer.from('BM'), Buffer.alloc(80, 7)])],
    [
      'an SVG under another name',
      'image/png',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    ],
    ['noise', 'image/webp', Buffer.alloc(5000, 0x5a)],
    ['nothing', 'image/gif', none],
  ])('%s', async (_, mediaType, bytes) => {
    expect(await make(mediaType, bytes)).toBeUndefined();
  });
});

describe('a process', () => {
  const mebibyte = 1024 * 1024;
  const plain = (side: number) =>
    sharp({ create: { width: side, height: side, channels: 4, background: '#369' } });
  /** Interlaced, sixteen bits: its decoder must hold all of it at once, eight bytes for each of its pixels. */
  const greedy = plain(6000)
    .toColourspace('rgb16')
    .png({ progressive: true, compressionLevel: 1 })
    .toBuffer();
  const modest = plain(60).png().toBuffer();
  const isDrawn = async (picture: Promise<Buffer>, limits: Partial<ProcessLimits>): Promise<boolean> => {
    const capped = createPreviewMaker({ ...previewLimits, ...limits });
    const source = Readable.from([await picture]);
    return (await capped.make('image/png', source, new AbortController().signal)) !== undefined;
  };

  // Other systems do not count what is mapped.
  test.runIf(process.platform === 'linux')('ends when it needs more memory than it may have', async () => {
    expect(await isDrawn(greedy, { memory: 4096 * mebibyte })).toBe(true);
    expect(await isDrawn(greedy, { memory: 896 * mebibyte })).toBe(false);
    expect(await isDrawn(modest, { memory: 896 * mebibyte })).toBe(true);
  });

  test.skipIf(process.platform === 'win32')('ends when it needs more processor time', async () => {
    expect(await isDrawn(greedy, { processorSeconds: 1 })).toBe(false);
  });

  test('ends when its time is over', async () => {
    expect(await isDrawn(modest, { time: 1 })).toBe(false);
  });
});

test('a drawing that is ended says nothing of the file', async () => {
  const end = new AbortController();
  const never = new Readable({ read: () => undefined });
  const made = maker.make('image/png', never, end.signal);
  end.abort();
  await expect(made).rejects.toThrow('ended');
});
