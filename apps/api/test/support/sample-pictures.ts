import sharp from 'sharp';
import {
  bitmapOf,
  blocks,
  indexedPixels,
  maskedPixels,
  type Reference,
  type SamplePicture,
  runs,
  sixteenColours,
  twoColours,
} from './sample-bitmaps.ts';
import { documentSamples } from './sample-documents.ts';
import { tiffOf } from './sample-tiffs.ts';

const sixteen = blocks(sixteenColours);
const two = blocks(twoColours);
const fields = 3;
const five = [0x7c00, 0x03e0, 0x001f];
const six = [0xf800, 0x07e0, 0x001f];
const eight = [0xff0000, 0x00ff00, 0x0000ff];
const swapped = [0x0000ff, 0x00ff00, 0xff0000];
const ten = [0x3ff00000, 0x000ffc00, 0x000003ff];
const withAlpha = [...eight, 0xff000000];

function bitmaps(): SamplePicture[] {
  const { width, height } = sixteen;
  const size = { width, height };
  const palette = sixteenColours;
  const made: [string, Buffer, Reference?][] = [
    [
      '1 bit',
      bitmapOf({ ...size, header: 40, bits: 1, palette: twoColours, pixels: indexedPixels(two, 1) }),
      two,
    ],
    [
      '1 bit, OS/2',
      bitmapOf({ ...size, header: 12, bits: 1, palette: twoColours, pixels: indexedPixels(two, 1) }),
      two,
    ],
    [
      '2 bit',
      bitmapOf({ ...size, header: 40, bits: 2, palette: twoColours, pixels: indexedPixels(two, 2) }),
      two,
    ],
    ['4 bit', bitmapOf({ ...size, header: 40, bits: 4, palette, pixels: indexedPixels(sixteen, 4) })],
    [
      '4 bit, top down',
      bitmapOf({
        width,
        height: -height,
        header: 40,
        bits: 4,
        palette,
        pixels: indexedPixels(sixteen, 4, true),
      }),
    ],
    ['4 bit, OS/2', bitmapOf({ ...size, header: 12, bits: 4, palette, pixels: indexedPixels(sixteen, 4) })],
    ['8 bit', bitmapOf({ ...size, header: 40, bits: 8, palette, pixels: indexedPixels(sixteen, 8) })],
    [
      '8 bit, top down',
      bitmapOf({
        width,
        height: -height,
        header: 40,
        bits: 8,
        palette,
        pixels: indexedPixels(sixteen, 8, true),
      }),
    ],
    ['8 bit, OS/2 2', bitmapOf({ ...size, header: 64, bits: 8, palette, pixels: indexedPixels(sixteen, 8) })],
    [
      '8 bit, OS/2 2 short',
      bitmapOf({ ...size, header: 16, bits: 8, palette, pixels: indexedPixels(sixteen, 8) }),
    ],
    ['8 bit, V5', bitmapOf({ ...size, header: 124, bits: 8, palette, pixels: indexedPixels(sixteen, 8) })],
    ['RLE8', bitmapOf({ ...size, header: 40, bits: 8, compression: 1, palette, pixels: runs(sixteen, 8) })],
    [
      'RLE8, literal',
      bitmapOf({ ...size, header: 40, bits: 8, compression: 1, palette, pixels: runs(sixteen, 8, true) }),
    ],
    ['RLE4', bitmapOf({ ...size, header: 40, bits: 4, compression: 2, palette, pixels: runs(sixteen, 4) })],
    [
      'RLE4, literal',
      bitmapOf({ ...size, header: 40, bits: 4, compression: 2, palette, pixels: runs(sixteen, 4, true) }),
    ],
    ['16 bit', bitmapOf({ ...size, header: 40, bits: 16, pixels: maskedPixels(sixteen, 16, five) })],
    [
      '16 bit, 5-6-5',
      bitmapOf({
        ...size,
        header: 40,
        bits: 16,
        compression: fields,
        masks: six,
        pixels: maskedPixels(sixteen, 16, six),
      }),
    ],
    ['24 bit', bitmapOf({ ...size, header: 40, bits: 24, pixels: maskedPixels(sixteen, 24, eight) })],
    [
      '24 bit, top down',
      bitmapOf({
        width,
        height: -height,
        header: 40,
        bits: 24,
        pixels: maskedPixels(sixteen, 24, eight, true),
      }),
    ],
    ['24 bit, OS/2', bitmapOf({ ...size, header: 12, bits: 24, pixels: maskedPixels(sixteen, 24, eight) })],
    ['24 bit, V4', bitmapOf({ ...size, header: 108, bits: 24, pixels: maskedPixels(sixteen, 24, eight) })],
    ['32 bit', bitmapOf({ ...size, header: 40, bits: 32, pixels: maskedPixels(sixteen, 32, eight) })],
    [
      '32 bit, swapped',
      bitmapOf({
        ...size,
        header: 40,
        bits: 32,
        compression: fields,
        masks: swapped,
        pixels: maskedPixels(sixteen, 32, swapped),
      }),
    ],
    [
      '32 bit, 10 each',
      bitmapOf({
        ...size,
        header: 52,
        bits: 32,
        compression: fields,
        masks: ten,
        pixels: maskedPixels(sixteen, 32, ten),
      }),
    ],
    [
      '32 bit, alpha',
      bitmapOf({
        ...size,
        header: 56,
        bits: 32,
        compression: fields,
        masks: withAlpha,
        pixels: maskedPixels(sixteen, 32, withAlpha),
      }),
    ],
    [
      '32 bit, alpha, V4',
      bitmapOf({
        ...size,
        header: 108,
        bits: 32,
        compression: fields,
        masks: withAlpha,
        pixels: maskedPixels(sixteen, 32, withAlpha),
      }),
    ],
    [
      '32 bit, alpha, V5',
      bitmapOf({
        ...size,
        header: 124,
        bits: 32,
        compression: fields,
        masks: withAlpha,
        pixels: maskedPixels(sixteen, 32, withAlpha),
      }),
    ],
    [
      '32 bit, alpha all nought',
      bitmapOf({
        ...size,
        header: 124,
        bits: 32,
        compression: fields,
        masks: withAlpha,
        pixels: maskedPixels(sixteen, 32, eight),
      }),
    ],
  ];
  return made.map(([name, bytes, shows = sixteen]) => ({
    name: `bmp, ${name}`,
    mediaType: 'image/bmp',
    bytes,
    shows,
    pages: 1,
  }));
}

const raw = ({ data, width, height }: Reference) => sharp(data, { raw: { width, height, channels: 3 } });
/** Twice the size, each page of other colours: only the first is to be shown. */
const frames = () =>
  sharp(Buffer.concat([sixteen.data, two.data, sixteen.data]), {
    raw: { width: sixteen.width, height: sixteen.height * 3, channels: 3, pageHeight: sixteen.height },
  });

async function photographs(): Promise<SamplePicture[]> {
  const flatJpeg = { quality: 95, chromaSubsampling: '4:4:4' } as const;
  const sideways = await raw(sixteen).rotate(270).toBuffer({ resolveWithObject: true });
  const turned = sharp(sideways.data, {
    raw: { width: sideways.info.width, height: sideways.info.height, channels: 3 },
  });
  const made: [string, string, Promise<Buffer>, number?][] = [
    ['jpg', 'jpeg', raw(sixteen).jpeg(flatJpeg).toBuffer()],
    [
      'jpg, progressive',
      'jpeg',
      raw(sixteen)
        .jpeg({ ...flatJpeg, progressive: true })
        .toBuffer(),
    ],
    [
      'jpg, turned by its metadata',
      'jpeg',
      turned.clone().withMetadata({ orientation: 6 }).jpeg(flatJpeg).toBuffer(),
    ],
    ['jpg, CMYK', 'jpeg', raw(sixteen).toColourspace('cmyk').jpeg(flatJpeg).toBuffer()],
    ['png', 'png', raw(sixteen).png().toBuffer()],
    ['png, interlaced', 'png', raw(sixteen).png({ progressive: true }).toBuffer()],
    ['png, 16 bit', 'png', raw(sixteen).toColourspace('rgb16').png().toBuffer()],
    ['png, of a palette', 'png', raw(sixteen).png({ palette: true }).toBuffer()],
    ['png, with alpha', 'png', raw(sixteen).ensureAlpha().png().toBuffer()],
    ['gif', 'gif', raw(sixteen).gif().toBuffer()],
    [
      'gif, animated',
      'gif',
      frames()
        .gif({ delay: [100, 100, 100] })
        .toBuffer(),
      3,
    ],
    ['webp', 'webp', raw(sixteen).webp({ quality: 95 }).toBuffer()],
    ['webp, lossless', 'webp', raw(sixteen).webp({ lossless: true }).toBuffer()],
    [
      'webp, animated',
      'webp',
      frames()
        .webp({ lossless: true, delay: [100, 100, 100] })
        .toBuffer(),
      3,
    ],
    ['tiff', 'tiff', raw(sixteen).tiff({ compression: 'none' }).toBuffer()],
    ['tiff, LZW', 'tiff', raw(sixteen).tiff({ compression: 'lzw', predictor: 'horizontal' }).toBuffer()],
    ['tiff, deflate', 'tiff', raw(sixteen).tiff({ compression: 'deflate' }).toBuffer()],
    ['tiff, JPEG', 'tiff', raw(sixteen).tiff({ compression: 'jpeg', quality: 95 }).toBuffer()],
    ['tiff, tiled', 'tiff', raw(sixteen).tiff({ tile: true, tileWidth: 16, tileHeight: 16 }).toBuffer()],
    ['tiff, 16 bit', 'tiff', raw(sixteen).toColourspace('rgb16').tiff({ compression: 'lzw' }).toBuffer()],
    ['tiff, three pages', 'tiff', Promise.resolve(tiffOf([sixteen, two, two], 'little')), 3],
    ['tiff, big-endian', 'tiff', Promise.resolve(tiffOf([sixteen], 'big'))],
    ['tiff, big-endian, two pages', 'tiff', Promise.resolve(tiffOf([sixteen, two], 'big')), 2],
  ];
  return Promise.all(
    made.map(async ([name, type, bytes, pages = 1]) => ({
      name,
      mediaType: `image/${type}`,
      bytes: await bytes,
      shows: sixteen,
      pages,
    })),
  );
}

/** Every usual variant of every kind of picture that is shown, made here and now. */
export const samplePictures = async (): Promise<SamplePicture[]> => [
  ...bitmaps(),
  ...(await photographs()),
  ...documentSamples(),
];
