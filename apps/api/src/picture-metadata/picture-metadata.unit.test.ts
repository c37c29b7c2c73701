import { Readable } from 'node:stream';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  box,
  chunk,
  gif,
  heic,
  height,
  jpeg,
  latin,
  png,
  rgb,
  secret,
  tiff,
  u16,
  u32,
  webp,
  width,
} from '../../test/support/telling-pictures.ts';
import { heicGridOf, heicOf } from '../../test/support/sample-heics.ts';
import { readHeic } from '../gateways/previews/heic.ts';
import { PictureDamaged, withoutMetadata } from './index.ts';

async function clean(mediaType: string, picture: Buffer): Promise<Buffer> {
  const read = ({ start, end }: { start: number; end: number }) =>
    Readable.from([picture.subarray(start, end + 1)]);
  const bytes = await withoutMetadata(mediaType, picture.length, read);
  if (!bytes) throw new Error(`Nothing cleans ${mediaType}.`);
  const parts: Buffer[] = [];
  for await (const part of bytes) parts.push(part);
  return Buffer.concat(parts);
}

let samples: [name: string, mediaType: string, picture: Buffer][];
beforeAll(async () => {
  samples = [
    ['jpg', 'image/jpeg', await jpeg()],
    ['jpg, progressive', 'image/jpeg', await jpeg(1, true)],
    ['png', 'image/png', await png()],
    ['gif', 'image/gif', await gif()],
    ['webp', 'image/webp', await webp()],
    ['tiff', 'image/tiff', await tiff()],
    [
      'tiff, tiled',
      'image/tiff',
      await tiff({ tile: true, tileWidth: 16, tileHeight: 16, compression: 'deflate' }),
    ],
    ['heic', 'image/heic', heic().picture],
  ];
});
const sample = (name: string): [mediaType: string, picture: Buffer] => {
  const [, mediaType, picture] = samples.find(([other]) => other === name) ?? ['', '', Buffer.alloc(0)];
  return [mediaType, picture];
};
const drawn = (names: readonly string[]) => names.map((name) => [name]);
const pixels = (picture: Buffer) => sharp(picture).raw().toBuffer({ resolveWithObject: true });

describe('a picture without its metadata', () => {
  test.each(drawn(['jpg', 'jpg, progressive', 'png', 'gif', 'webp', 'tiff', 'tiff, tiled', 'heic']))(
    'holds nothing of what it told: %s',
    async (name) => {
      const [mediaType, picture] = sample(name);
      expect(picture.includes(secret)).toBe(true);
      expect((await clean(mediaType, picture)).includes(secret)).toBe(false);
    },
  );

  test.each(drawn(['jpg', 'jpg, progressive', 'png', 'gif', 'webp', 'tiff', 'tiff, tiled']))(
    'is drawn as before, the same way up and in the same colours: %s',
    async (name) => {
      const [mediaType, picture] = sample(name);
      const cleaned = await clean(mediaType, picture);
      const [before, after] = await Promise.all([pixels(picture), pixels(cleaned)]);
      expect(after.info).toEqual(before.info);
      expect(after.data.equals(before.data)).toBe(true);
      const [was, is] = await Promise.all([sharp(picture).metadata(), sharp(cleaned).metadata()]);
      // Upright pictures say so or say nothing.
      expect(is.orientation ?? 1).toBe(was.orientation ?? 1);
      expect(is.icc?.equals(was.icc ?? Buffer.alloc(0))).toBe(was.icc ? true : undefined);
      expect([is.xmp, is.iptc, is.comments]).toEqual([undefined, undefined, undefined]);
    },
  );

  test.each(drawn(['jpg', 'png', 'gif', 'webp', 'tiff', 'heic']))(
    'is the same when it is cleaned again: %s',
    async (name) => {
      const [mediaType, picture] = sample(name);
      const once = await clean(mediaType, picture);
      expect((await clean(mediaType, once)).equals(once)).toBe(true);
    },
  );

  test.each([2, 3, 4, 5, 6, 7, 8])('is turned as before: %i', async (orientation) => {
    for (const [mediaType, picture] of [
      ['image/jpeg', await jpeg(orientation)],
      ['image/png', await png(orientation)],
      ['image/webp', await webp(orientation)],
    ] as const) {
      const { orientation: kept, exif } = await sharp(await clean(mediaType, picture)).metadata();
      expect(kept).toBe(orientation);
      expect(exif?.length).toBeLessThan(40);
    }
  });

  test('goes on where an animation goes round', async () => {
    const frames = sharp(Buffer.concat([rgb, rgb.toReversed(), rgb]), {
      raw: { width, height: height * 3, channels: 3, pageHeight: height },
    });
    for (const [mediaType, picture] of [
      [
        'image/gif',
        await frames
          .clone()
          .gif({ loop: 2, delay: [100, 200, 300] })
          .toBuffer(),
      ],
      [
        'image/webp',
        await frames
          .clone()
          .webp({ loop: 2, delay: [100, 200, 300], lossless: true })
          .toBuffer(),
      ],
    ] as const) {
      const cleaned = await clean(mediaType, picture);
      const [was, is] = await Promise.all([
        sharp(picture, { animated: true }).metadata(),
        sharp(cleaned, { animated: true }).metadata(),
      ]);
      expect([is.pages, is.loop, is.delay]).toEqual([was.pages, was.loop, was.delay]);
      const [before, after] = await Promise.all(
        [picture, cleaned].map((one) => sharp(one, { animated: true }).raw().toBuffer()),
      );
      expect(after?.equals(before ?? Buffer.alloc(0))).toBe(true);
    }
  });

  test('of a HEIC keeps every place and every picture', async () => {
    const { picture, shown } = heic();
    const cleaned = await clean('image/heic', picture);
    expect(cleaned.length).toBe(picture.length);
    for (const one of shown) expect(cleaned.indexOf(one)).toBe(picture.indexOf(one));
    expect(cleaned.indexOf('irot')).toBe(picture.indexOf('irot'));
  });

  test.each([
    ['as it is', heicOf({ data: rgb, width: 16, height: 16 })],
    ['turned', heicOf({ data: rgb, width: 16, height: 16 }, 3)],
    ['of four tiles', heicGridOf({ data: rgb, width: 16, height: 16 })],
  ])('of a HEIC is drawn as before: %s', async (_, picture) => {
    const cleaned = await clean('image/heic', Buffer.concat([picture, box('uuid', latin(secret))]));
    expect(cleaned.includes(secret)).toBe(false);
    expect(await readHeic(cleaned)).toEqual(await readHeic(picture));
  });

  test('is nothing that is known of other files', async () => {
    expect(await withoutMetadata('application/pdf', 10, () => Readable.from([]))).toBeUndefined();
    expect(await withoutMetadata('constructor', 10, () => Readable.from([]))).toBeUndefined();
  });
});

describe('a damaged picture', () => {
  /** Cleans it, or says that it is damaged: nothing else may happen. */
  async function attempt(mediaType: string, picture: Buffer): Promise<Buffer | undefined> {
    try {
      return await clean(mediaType, picture);
    } catch (error) {
      if (!(error instanceof PictureDamaged)) throw error;
      return undefined;
    }
  }

  test.each(drawn(['jpg', 'png', 'gif', 'webp', 'tiff', 'heic']))(
    'cut anywhere tells nothing, and is refused unless its picture has begun: %s',
    async (name) => {
      const [mediaType, picture] = sample(name);
      for (let length = 0; length < picture.length; length += 1) {
        const cleaned = await attempt(mediaType, picture.subarray(0, length));
        expect(cleaned?.includes(secret) ?? false).toBe(false);
        const mustRefuse = length < 40;
        expect(mustRefuse && cleaned !== undefined).toBe(false);
      }
    },
  );

  test.each(drawn(['jpg', 'png', 'gif', 'webp', 'tiff', 'heic']))(
    'with any byte changed is cleaned or refused: %s',
    async (name) => {
      const [mediaType, picture] = sample(name);
      let refused = 0;
      for (let at = 0; at < picture.length; at += 1) {
        for (const value of [0, 0x7f, 0xff]) {
          const changed = Buffer.from(picture);
          changed[at] = value;
          if (!(await attempt(mediaType, changed))) refused += 1;
        }
      }
      expect(refused).toBeGreaterThan(0);
    },
  );

  test.each([
    ['a JPEG of nothing but marks', 'image/jpeg', Buffer.alloc(5_000_000, 0xff)],
    ['a JPEG that begins again and again', 'image/jpeg', Buffer.alloc(1_000_000, latin('\xff\xd8'))],
    [
      'a PNG of empty chunks',
      'image/png',
      Buffer.concat([
        latin('\x89PNG\r\n\x1a\n'),
        chunk('IHDR', Buffer.alloc(13)),
        Buffer.alloc(5_000_000, chunk('tEXt', Buffer.alloc(0))),
      ]),
    ],
    [
      'a GIF of empty comments',
      'image/gif',
      Buffer.concat([latin('GIF89a'), Buffer.alloc(7), Buffer.alloc(3_000_000, Buffer.of(0x21, 0xfe, 0))]),
    ],
    [
      'a GIF whose pictures alternate with comments',
      'image/gif',
      Buffer.concat([
        latin('GIF89a'),
        Buffer.alloc(7),
        Buffer.alloc(
          8_000_000,
          Buffer.concat([Buffer.of(0x2c), Buffer.alloc(9), Buffer.of(2, 0, 0x21, 0xfe, 0)]),
        ),
      ]),
    ],
    [
      'a TIFF whose directories go round',
      'image/tiff',
      Buffer.concat([latin('MM\0*'), u32(8), u16(0), u32(8)]),
    ],
    [
      'a TIFF that says four thousand million values',
      'image/tiff',
      Buffer.concat([latin('MM\0*'), u32(8), u16(1), u16(273), u16(4), u32(0xffffffff), u32(8), u32(0)]),
    ],
    [
      'a WebP in a WebP’s length',
      'image/webp',
      Buffer.concat([latin('RIFF'), Buffer.alloc(4, 0xff), latin('WEBPVP8 '), Buffer.alloc(4, 0xff)]),
    ],
    [
      'a HEIC of empty boxes',
      'image/heic',
      Buffer.concat([box('ftyp', latin('heic')), Buffer.alloc(4_000_000, box('free'))]),
    ],
    [
      'a HEIC with a box without an end',
      'image/heic',
      Buffer.concat([box('ftyp', latin('heic')), u32(1), latin('meta'), Buffer.alloc(8, 0xff)]),
    ],
  ])('%s is refused soon', async (_, mediaType, picture) => {
    await expect(clean(mediaType, picture)).rejects.toThrow(PictureDamaged);
  });

  test('whose bytes cannot be read is not taken for damaged', async () => {
    const broken = (): Readable =>
      new Readable({
        read() {
          this.destroy(new Error('The disk is gone.'));
        },
      });
    await expect(withoutMetadata('image/png', 1000, broken)).rejects.toThrow('The disk is gone.');
  });
});
