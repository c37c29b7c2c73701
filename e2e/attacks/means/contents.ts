import { zipOf } from './zip.ts';

const bytes = (...parts: (string | number | Buffer)[]): Buffer =>
  Buffer.concat(
    parts.map((part) => {
      if (typeof part === 'number') return Buffer.alloc(part);
      return typeof part === 'string' ? Buffer.from(part, 'latin1') : part;
    }),
  );

const box = (brand: string): Buffer =>
  bytes('\x00\x00\x00\x18ftyp', brand, '\x00\x00\x02\x00', brand, 'mp41', 64);
const files = (...names: string[]): Buffer =>
  zipOf(...names.map((name) => ({ name, content: Buffer.from('<x/>') })));

function bitmap(): Buffer {
  const header = Buffer.alloc(54);
  header.write('BM', 'latin1');
  header.writeUInt32LE(58, 2);
  header.writeUInt32LE(54, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(1, 18);
  header.writeInt32LE(1, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(24, 28);
  return bytes(header, '\x00\x00\xff\x00');
}

/** How files of these types begin, as far as it takes to know them by. */
export const contents = {
  png: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
  jpg: bytes('\xff\xd8\xff\xe0\x00\x10JFIF', 64),
  gif: bytes('GIF89a\x01\x00\x01\x00\x00\x00\x00', 32),
  bmp: bitmap(),
  pdf: bytes('%PDF-1.7\n', 64, '\n%%EOF\n'),
  docx: files('[Content_Types].xml', '_rels/.rels', 'word/document.xml'),
  zip: files('export/scan-1.dcm', 'export/scan-2.dcm'),
  mp4: box('isom'),
  dcm: bytes(128, 'DICM', 64),
  html: Buffer.from('<!doctype html><script>alert(1)</script>'),
  svg: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
  exe: bytes('MZ\x90\x00', 300),
  elf: bytes('\x7fELF\x02\x01\x01', 300),
  script: Buffer.from('#!/bin/sh\nid\n'),
  rtf: bytes('{\\rtf1\\ansi hello', '\x00}'),
  ole: bytes('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 600),
} as const;
