import type { Reference } from './sample-bitmaps.ts';

/** Puts numbered objects together, with the table that says where each begins; the first one is the catalogue. */
export function pdfOf(objects: readonly string[]): Buffer {
  const head = '%PDF-1.7\n';
  let at = head.length;
  const parts: string[] = [];
  const places: string[] = [];
  objects.forEach((object, index) => {
    const part = `${index + 1} 0 obj\n${object}\nendobj\n`;
    places.push(`${String(at).padStart(10, '0')} 00000 n \n`);
    parts.push(part);
    at += part.length;
  });
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${places.join('')}`;
  const end = `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${at}\n%%EOF\n`;
  return Buffer.from([head, ...parts, table, end].join(''), 'latin1');
}

export const stream = (content: string, entries = ''): string =>
  `<< /Length ${content.length} ${entries} >>\nstream\n${content}\nendstream`;

/** A picture as rectangles, one a pixel run, `scale` points each. */
function drawing({ data, width, height }: Reference, scale: number): string {
  const lines: string[] = [];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; ) {
      const colour = data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3);
      let end = x + 1;
      while (end < width && data.subarray((y * width + end) * 3, (y * width + end) * 3 + 3).equals(colour))
        end += 1;
      const rgb = [...colour].map((value) => (value / 255).toFixed(4)).join(' ');
      lines.push(`${rgb} rg ${x * scale} ${(height - 1 - y) * scale} ${(end - x) * scale} ${scale} re f`);
      x = end;
    }
  }
  return lines.join('\n');
}

/**
 * A document whose pages show these pictures, ten points a pixel.
 * @param turn degrees by which each page is turned with the clock when shown
 */
export function pdfShowing(pictures: readonly Reference[], turn: 0 | 90 | 180 | 270 = 0): Buffer {
  const scale = 10;
  const kids = pictures.map((_, index) => `${3 + index * 2} 0 R`).join(' ');
  return pdfOf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pictures.length} >>`,
    ...pictures.flatMap((picture, index) => [
      `<< /Type /Page /Parent 2 0 R /Rotate ${turn} /MediaBox [0 0 ${picture.width * scale} ${picture.height * scale}] /Contents ${4 + index * 2} 0 R >>`,
      stream(drawing(picture, scale)),
    ]),
  ]);
}

/** A page of this size whose content is `content`. */
export const pdfPage = (
  content: string,
  box = '0 0 612 792',
  more: readonly string[] = [],
  entries = '',
): Buffer =>
  pdfOf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [${box}] /Contents 4 0 R ${entries} >>`,
    stream(content),
    ...more,
  ]);
