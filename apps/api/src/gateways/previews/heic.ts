import libheif from 'libheif-js/wasm-bundle.js';
import type { Pixels } from './draw-picture.ts';
import { previewLimits } from './preview-limits.ts';

/**
 * Reads the main picture of a HEIF file, turned as the file says. Its Exif orientation is for cameras that do not know
 * HEIF’s own, and is not asked.
 * @throws an Error for what is broken, or declares more pixels than the limit
 */
export async function readHeic(file: Buffer): Promise<Pixels> {
  const images = new libheif.HeifDecoder().decode(file);
  const image = images.find((one) => one.is_primary()) ?? images[0];
  if (!image) throw new Error('The file has no picture.');
  const [width, height] = [image.get_width(), image.get_height()];
  if (width <= 0 || height <= 0 || width * height > previewLimits.pixels) {
    throw new Error('The picture declares no size, or too much of it.');
  }
  const data = new Uint8ClampedArray(width * height * 4);
  await new Promise<void>((resolve, reject) => {
    image.display({ data, width, height }, (shown) => {
      if (shown) resolve();
      else reject(new Error('The picture cannot be decoded.'));
    });
  });
  return { data, width, height, channels: 4, pages: images.length };
}
