/** Reads `length` bytes of a file from `start`; fewer at its end. */
export type ReadBytes = (start: number, length: number) => Promise<Buffer>;

/** The end record is 22 bytes and a comment of at most 65,535. */
const longestEnd = 22 + 65_535;
/** A document's directory is small; more than this is not read. */
const longestDirectory = 2 * 1024 * 1024;

/**
 * Tells an Office document from any other zip by the names in its directory. Nothing is unpacked.
 * @param size of the file, in bytes
 * @returns undefined for other archives, and for documents that carry macros
 */
export async function officeTypeOf(
  size: number,
  read: ReadBytes,
): Promise<'docx' | 'xlsx' | 'pptx' | undefined> {
  const names = await namesIn(size, read);
  if (!names.includes('[Content_Types].xml')) return undefined;
  if (names.some((name) => /vbaProject\.bin$/i.test(name))) return undefined;
  if (names.some((name) => name.startsWith('word/'))) return 'docx';
  if (names.some((name) => name.startsWith('xl/'))) return 'xlsx';
  if (names.some((name) => name.startsWith('ppt/'))) return 'pptx';
  return undefined;
}

/** The names in a zip's central directory (APPNOTE.TXT 4.3.12 and 4.3.16); none when it is damaged or too long. */
async function namesIn(size: number, read: ReadBytes): Promise<string[]> {
  const names: string[] = [];
  const tailLength = Math.min(size, longestEnd);
  const tail = await read(size - tailLength, tailLength);
  const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0 || end + 22 > tail.length) return names;
  const length = tail.readUInt32LE(end + 12);
  const start = tail.readUInt32LE(end + 16);
  if (length > longestDirectory || start + length > size) return names;
  const directory = await read(start, length);
  let at = 0;
  while (at + 46 <= directory.length && directory.toString('latin1', at, at + 4) === 'PK\x01\x02') {
    const nameLength = directory.readUInt16LE(at + 28);
    names.push(directory.toString('utf8', at + 46, at + 46 + nameLength));
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return names;
}
