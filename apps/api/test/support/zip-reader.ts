import { crc32 } from 'node:zlib';

/** A file of a zip, as its directory tells of it. */
export interface ZippedFile {
  readonly name: string;
  readonly content: Buffer;
  /** The name is said to be UTF-8. */
  readonly isUtf8: boolean;
}

const utf8Flag = 0x800;

/**
 * Reads a zip of stored files by its central directory (APPNOTE.TXT 4.3), as programs do that people have.
 * @throws when something in it does not fit something else
 */
export function readZip(zip: Buffer): ZippedFile[] {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const count = zip.readUInt16LE(end + 10);
  const size = zip.readUInt32LE(end + 12);
  let at = zip.readUInt32LE(end + 16);
  if (at + size !== end) throw new Error('The directory does not end where the end begins.');
  return Array.from({ length: count }, () => {
    if (zip.toString('latin1', at, at + 4) !== 'PK\x01\x02') throw new Error(`No entry at ${at}.`);
    const [flags, method] = [zip.readUInt16LE(at + 8), zip.readUInt16LE(at + 10)];
    const [sum, packed, length] = [
      zip.readUInt32LE(at + 16),
      zip.readUInt32LE(at + 20),
      zip.readUInt32LE(at + 24),
    ];
    const [nameLength, extra, comment] = [28, 30, 32].map((place) => zip.readUInt16LE(at + place));
    const name = zip.toString('utf8', at + 46, at + 46 + (nameLength ?? 0));
    const local = zip.readUInt32LE(at + 42);
    at += 46 + (nameLength ?? 0) + (extra ?? 0) + (comment ?? 0);
    if (zip.toString('latin1', local, local + 4) !== 'PK\x03\x04') throw new Error(`No file at ${local}.`);
    if (method !== 0 || packed !== length) throw new Error(`${name} is compressed.`);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const content = zip.subarray(start, start + length);
    if (crc32(content) !== sum) throw new Error(`${name} is damaged.`);
    return { name, content, isUtf8: (flags & utf8Flag) !== 0 };
  });
}
