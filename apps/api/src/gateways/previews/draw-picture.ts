import sharp from 'sharp';
import { previewLimits } from './preview-limits.ts';

/** A picture as its pixels: rows from the top, `channels` bytes each (3: red, green, blue; 4: and alpha). */
export interface Pixels {
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
  /** How many pages or pictures the file has; one when left out. */
  readonly pages?: number;
}

export interface Drawing {
  readonly webp: Buffer;
  readonly pages: number;
}

sharp.concurrency(1);
sharp.cache(false);
// libvips reads many more formats than are ever taken here, SVG among them.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegBuffer',
    'VipsForeignLoadPngBuffer',
    'VipsForeignLoadNsgifBuffer',
    'VipsForeignLoadWebpBuffer',
    'VipsForeignLoadTiffBuffer',
  ],
});

/**
 * Draws a picture's first page or frame: upright, at most 1,600 pixels a side, in sRGB on white, without metadata.
 * @param picture a file that libvips reads, or pixels
 * @throws an Error for what is broken, or declares more pixels than the limit
 */
export async function drawPicture(picture: Buffer | Pixels): Promise<Drawing> {
  const limits = { limitInputPixels: previewLimits.pixels, failOn: 'error' } as const;
  const image = Buffer.isBuffer(picture)
    ? sharp(picture, { ...limits, page: 0, pages: 1 })
    : sharp(picture.data, {
        ...limits,
        raw: { width: picture.width, height: picture.height, channels: picture.channels },
      });
  const { pages = 1 } = Buffer.isBuffer(picture) ? await image.metadata() : picture;
  const webp = await image
    .autoOrient()
    .resize({
      width: previewLimits.side,
      height: previewLimits.side,
      fit: 'inside',
      withoutEnlargement: true,
    })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .webp({ quality: 80, effort: 3 })
    .toBuffer();
  return { webp, pages };
}
