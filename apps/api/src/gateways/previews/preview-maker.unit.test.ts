import { Readable } from 'node:stream';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { Reference } from '../../../test/support/sample-bitmaps.ts';
import { samplePictures } from '../../../test/support/sample-pictures.ts';
import { previewLimits } from './preview-limits.ts';
import { createPreviewMaker, mayHavePreview, type ProcessLimits } from './preview-maker.ts';

const maker = createPreviewMaker();
const pictures = await samplePictures();
const make = (mediaType: string, bytes: Buffer) =>
  maker.make(mediaType, Readable.from([bytes]), new AbortController().signal);

/** How far a picture is from what it should show: the mean difference of a channel, of 255. */
async function distance(webp: Buffer, { data, width, height }: Reference, enlarged = 1): Promise<number> {
  const size = await sharp(webp).metadata();
  expect([size.width, size.height]).toEqual([width * enlarged, height * enlarged]);
  const small = sharp(webp).resize({ width, height, kernel: 'nearest' }).removeAlpha();
  const shown = await small.raw().toBuffer({ resolveWithObject: true });
  let sum = 0;
  for (let at = 0; at < data.length; at += 1) sum += Math.abs((data[at] ?? 0) - (shown.data[at] ?? 0));
  return sum / data.length;
}

test('there are enough samples', () => expect(pictures.length).toBeGreaterThanOrEqual(50));

test.each(pictures)(
  '$name looks like what it is',
  async ({ mediaType, bytes, shows, enlarged, pages, name }) => {
    expect(mayHavePreview(mediaType, bytes.length)).toBe(true);
    const preview = await make(mediaType, bytes);
    if (typeof preview === 'string') throw new Error(`${name} is said to be ${preview}.`);
    expect(preview.pages).toBe(pages);
    // Blocks of flat colour, through a lossy form once or twice; CMYK has fewer colours than a screen.
    expect(await distance(preview.bytes, shows, enlarged)).toBeLessThan(name.includes('CMYK') ? 32 : 12);
  },
);

test('a preview has no metadata, and no side beyond the limit', async () => {
  const large = sharp({ create: { width: 4000, height: 1000, channels: 3, background: '#336699' } });
  const photo = await large
    .withExif({ IFD0: { Copyright: 'CANARY' }, IFD3: { GPSLatitude: '37/1 46/1 30/1' } })
    .jpeg()
    .toBuffer();
  expect(photo.includes('CANARY')).toBe(true);
  const preview = await make('image/jpeg', photo);
  if (typeof preview === 'string') throw new Error(preview);
  const facts = await sharp(preview.bytes).metadata();
  expect(facts).toMatchObject({ format: 'webp', width: previewLimits.side, height: 400 });
  expect([facts.exif, facts.xmp, facts.icc, facts.iptc]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(preview.bytes.includes('CANARY')).toBe(false);
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
  const outcome = async (picture: Promise<Buffer>, limits: Partial<ProcessLimits>): Promise<string> => {
    const capped = createPreviewMaker({ ...previewLimits, ...limits });
    const source = Readable.from([await picture]);
    const made = await capped.make('image/png', source, new AbortController().signal);
    return typeof made === 'string' ? made : 'drawn';
  };

  // Other systems do not count what is mapped.
  test.runIf(process.platform === 'linux')('ends when it needs more memory than it may have', async () => {
    expect(await outcome(greedy, { memory: 4096 * mebibyte })).toBe('drawn');
    expect(await outcome(greedy, { memory: 896 * mebibyte })).not.toBe('drawn');
    expect(await outcome(modest, { memory: 896 * mebibyte })).toBe('drawn');
  });

  test.skipIf(process.platform === 'win32')('ends when it needs more processor time', async () => {
    expect(await outcome(greedy, { processorSeconds: 1 })).toBe('excessive');
  });

  test('ends when its time is over', async () => {
    expect(await outcome(modest, { time: 1 })).toBe('excessive');
  });
});

test('a drawing that is ended says nothing of the file', async () => {
  const end = new AbortController();
  const never = new Readable({ read: () => undefined });
  const made = maker.make('image/png', never, end.signal);
  end.abort();
  await expect(made).rejects.toThrow('ended');
});
