/** Small files of every accepted type, and of types that pretend, as tests send them. */
const bytes = (...parts: (string | number | number[] | Buffer)[]): Buffer =>
  Buffer.concat(
    parts.map((part) => {
      if (Buffer.isBuffer(part)) return part;
      if (typeof part === 'string') return Buffer.from(part, 'latin1');
      return typeof part === 'number' ? Buffer.alloc(part) : Buffer.from(part);
    }),
  );

const u16 = (value: number): Buffer => {
  const buffer = Buffer.alloc(2);
  buffer.writeUInt16LE(value);
  return buffer;
};
const u32 = (value: number): Buffer => {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
};

/** A zip of empty files with these names. */
export function zipOf(...names: string[]): Buffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const name of names) {
    const local = bytes('PK', [3, 4, 20, 0], 20, u16(name.length), u16(0), name);
    entries.push(bytes('PK', [1, 2, 20, 0, 20, 0], 20, u16(name.length), 12, u32(offset), name));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(entries);
  return bytes(
    Buffer.concat(locals),
    directory,
    'PK',
    [5, 6, 0, 0, 0, 0],
    u16(names.length),
    u16(names.length),
    u32(directory.length),
    u32(offset),
    u16(0),
  );
}

/** A bitmap of one pixel whose information header has this length. */
export const bitmap = (header: number): Buffer =>
  bytes('BM', u32(26 + header), 4, u32(14 + header), u32(header), header - 4, [0, 0, 255, 0], 8);

/** Triangles in the binary form; the header says what one likes. */
export const binaryStl = (triangles: number, header = ''): Buffer =>
  bytes(Buffer.from(header.padEnd(80, '\0'), 'latin1'), u32(triangles), triangles * 50);

const box = (brand: string): Buffer => bytes([0, 0, 0, 24], 'ftyp', brand, [0, 0, 2, 0], brand, 'mp41', 64);

export const samples = {
  jpg: bytes([0xff, 0xd8, 0xff, 0xe0, 0, 16], 'JFIF', 64),
  png: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
  gif: bytes('GIF89a', [1, 0, 1, 0, 0, 0, 0], 32),
  webp: bytes('RIFF', u32(100), 'WEBPVP8 ', 96),
  bmp: bitmap(40),
  heic: box('heic'),
  tiff: bytes('II', [42, 0], u32(8), 64),
  pdf: bytes('%PDF-1.7\n', 64, '\n%%EOF\n'),
  txt: Buffer.from('BMI 24, blood pressure 120/80.\nÑandú and 膝 are fine.\r\n'),
  docx: zipOf('[Content_Types].xml', '_rels/.rels', 'word/document.xml'),
  xlsx: zipOf('[Content_Types].xml', 'xl/workbook.xml'),
  pptx: zipOf('[Content_Types].xml', 'ppt/presentation.xml'),
  mp4: box('isom'),
  mov: box('qt  '),
  dcm: bytes(128, 'DICM', 64),
  stl: binaryStl(2, 'solid that is binary all the same'),
  zip: zipOf('export/scan-1.dcm', 'export/scan-2.dcm'),
} as const;

/** Contents that are never taken, under whatever name. */
export const hostile = {
  svg: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
  html: Buffer.from('<!doctype html><script>alert(1)</script>'),
  xml: Buffer.from('<?xml version="1.0"?><a/>'),
  exe: bytes('MZ', [0x90, 0], 300),
  elf: bytes([0x7f], 'ELF', [2, 1, 1], 64),
  script: Buffer.from('#!/bin/sh\nrm -rf ~\n'),
  macros: zipOf('[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin'),
  noise: bytes([1, 2, 3, 4, 5, 6, 7, 8, 9], 64),
} as const;
