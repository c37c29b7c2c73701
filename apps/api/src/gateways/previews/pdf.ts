import { PDFiumLibrary } from '@hyzyla/pdfium';
import type { Pixels } from './draw-picture.ts';
import { previewLimits } from './preview-limits.ts';

/** Pages are drawn twice as large as they are shown: PDFium colours the edges of letters, which shrinking takes away. */
const drawnSide = 2 * previewLimits.side;
/** The most that a small page is enlarged by: a point is a seventy-second of an inch. */
const mostScale = 8;

/**
 * Draws the first page of a PDF. Scripts in it are not run: PDFium is given no engine for them.
 * @throws an Error for what is broken, or wants a password
 */
export async function readPdf(file: Buffer): Promise<Pixels> {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(file);
  const pages = document.getPageCount();
  if (pages < 1) throw new Error('The document has no pages.');
  const page = document.getPage(0);
  const { originalWidth, originalHeight } = page.getOriginalSize();
  const longest = Math.max(originalWidth, originalHeight);
  if (!(Math.min(originalWidth, originalHeight) > 0) || !Number.isFinite(longest)) {
    throw new Error('The page has no size.');
  }
  const scale = Math.min(mostScale, drawnSide / longest);
  const width = Math.max(1, Math.round(originalWidth * scale));
  const height = Math.max(1, Math.round(originalHeight * scale));
  const { data } = await page.render({ width, height, render: 'bitmap' });
  return { data, width, height, channels: 4, pages };
}
