import type { Reference } from './sample-bitmaps.ts';

/** TIFF 6.0, uncompressed, one strip a page. */
export function tiffOf(pages: readonly Reference[], order: 'little' | 'big'): Buffer {
  const little = order === 'little';
  const u16 = (value: number): Buffer => {
    const bytes = Buffer.alloc(2);
    if (little) bytes.writeUInt16LE(value);
    else bytes.writeUInt16BE(value);
    return bytes;
  };
  const u32 = (value: number): Buffer => {
    const bytes = Buffer.alloc(4);
    if (little) bytes.writeUInt32LE(value);
    else bytes.writeUInt32BE(value);
    return bytes;
  };
  const parts: Buffer[] = [Buffer.from(little ? 'II' : 'MM'), u16(42), u32(8)];
  let at = 8;
  pages.forEach(({ width, height, data }, index) => {
    const entries = 10;
    const bitsAt = at + 2 + entries * 12 + 4;
    const pixelsAt = bitsAt + 6;
    const end = pixelsAt + data.length + (data.length % 2);
    const short = (tag: number, value: number) => [u16(tag), u16(3), u32(1), u16(value), u16(0)];
    const long = (tag: number, value: number, count = 1, type = 4) => [
      u16(tag),
      u16(type),
      u32(count),
      u32(value),
    ];
    parts.push(
      u16(entries),
      ...long(256, width),
      ...long(257, height),
      ...long(258, bitsAt, 3, 3),
      ...short(259, 1),
      ...short(262, 2),
      ...long(273, pixelsAt),
      ...short(277, 3),
      ...long(278, height),
      ...long(279, data.length),
      ...short(284, 1),
      u32(index === pages.length - 1 ? 0 : end),
      u16(8),
      u16(8),
      u16(8),
      data,
      Buffer.alloc(data.length % 2),
    );
    at = end;
  });
  return Buffer.concat(parts);
}
