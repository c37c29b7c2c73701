import { blocks, type Reference, type SamplePicture, sixteenColours, twoColours } from './sample-bitmaps.ts';
import { heicGridOf, heicOf } from './sample-heics.ts';
import { pdfShowing } from './sample-pdfs.ts';

const picture = blocks(sixteenColours, 64, 48);
const other = blocks(twoColours, 64, 48);

/** A picture made of pixels of another. */
function made(width: number, height: number, pixel: (x: number, y: number) => number): Reference {
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const from = pixel(x, y) * 3;
      picture.data.copy(data, (y * width + x) * 3, from, from + 3);
    }
  }
  return { width, height, data };
}

/** Turned by a quarter against the clock, by half, and by three quarters. */
const { width, height } = picture;
const quarter = made(height, width, (x, y) => x * width + (width - 1 - y));
const half = made(width, height, (x, y) => (height - 1 - y) * width + (width - 1 - x));
const threeQuarters = made(height, width, (x, y) => (height - 1 - x) * width + y);
const fourTimes = made(width * 2, height * 2, (x, y) => (y % height) * width + (x % width));

/** Photographs of telephones, and documents. */
export function documentSamples(): SamplePicture[] {
  const heics: [string, Buffer, Reference][] = [
    ['heic', heicOf(picture), picture],
    ['heic, turned by a quarter', heicOf(picture, 1), quarter],
    ['heic, turned by half', heicOf(picture, 2), half],
    ['heic, turned by three quarters', heicOf(picture, 3), threeQuarters],
    ['heic, of four tiles', heicGridOf(picture), fourTimes],
  ];
  const pdfs: [string, Buffer, Reference, number][] = [
    ['pdf', pdfShowing([picture]), picture, 1],
    ['pdf, three pages', pdfShowing([picture, other, other]), picture, 3],
    ['pdf, turned by three quarters', pdfShowing([picture], 270), quarter, 1],
  ];
  return [
    ...heics.map(([name, bytes, shows]) => ({ name, mediaType: 'image/heic', bytes, shows, pages: 1 })),
    ...pdfs.map(([name, bytes, shows, pages]) => ({
      name,
      mediaType: 'application/pdf',
      bytes,
      shows,
      // The longest side is drawn as long as a preview may be.
      enlarged: 1600 / Math.max(shows.width, shows.height),
      pages,
    })),
  ];
}
