import type { TestFile } from './pictures.ts';

/** A real PDF, one page of words for each text; lines are parted by line ends. */
export function letter(name: string, pages: readonly string[]): TestFile {
  const first = 3;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, page) => `${first + 1 + 2 * page} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...pages.flatMap((page, index) => {
      const words = page.split('\n').map((line) => `(${line.replaceAll(/[()\\]/g, '\\$&')}) Tj T*`);
      const drawing = `BT /F1 14 Tf 20 TL 60 760 Td ${words.join(' ')} ET`;
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${first + 2 + 2 * index} 0 R >>`,
        `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
      ];
    }),
  ];
  let text = '%PDF-1.7\n';
  const places = objects.map((object, index) => {
    const place = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 ${places.length + 1}\n0000000000 65535 f \n${places.join('')}`;
  const end = `trailer\n<< /Size ${places.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return { name, mimeType: 'application/pdf', buffer: Buffer.from(text + table + end, 'latin1') };
}

/** A real TIFF of grey pages (baseline, one strip each), as fax machines and scanners make them. */
export function scan(name: string, pages: number, width = 240, height = 320): TestFile {
  const entries = [
    [256, width],
    [257, height],
    [258, 8],
    [259, 1],
    [262, 1],
    [273, 0],
    [277, 1],
    [278, height],
    [279, width * height],
  ] as const;
  const directory = 2 + entries.length * 12 + 4;
  const pageSize = directory + width * height;
  const buffer = Buffer.alloc(8 + pages * pageSize);
  buffer.write('II*\0', 0, 'latin1');
  buffer.writeUInt32LE(8, 4);
  for (let page = 0; page < pages; page += 1) {
    const at = 8 + page * pageSize;
    buffer.writeUInt16LE(entries.length, at);
    for (const [index, [tag, value]] of entries.entries()) {
      const entry = at + 2 + index * 12;
      buffer.writeUInt16LE(tag, entry);
      // Long numbers, one of each.
      buffer.writeUInt16LE(4, entry + 2);
      buffer.writeUInt32LE(1, entry + 4);
      buffer.writeUInt32LE(tag === 273 ? at + directory : value, entry + 8);
    }
    buffer.writeUInt32LE(page + 1 < pages ? at + pageSize : 0, at + directory - 4);
    for (let y = 0; y < height; y += 1) {
      // Lines of writing on white paper.
      const ink = y % 20 > 12 && y > 40 && y < height - 40;
      for (let x = 0; x < width; x += 1) {
        const isInked = ink && x > 30 && x < width - 30 - ((y * 7 + page * 31) % 60);
        buffer[at + directory + y * width + x] = isInked ? 90 : 250;
      }
    }
  }
  return { name, mimeType: 'image/tiff', buffer };
}
