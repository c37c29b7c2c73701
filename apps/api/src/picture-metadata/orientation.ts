/** Which way up a picture is to be shown, by Exif's tag 0x0112: 2 to 8; undefined for 1, which is as it is stored. */
export type Orientation = number | undefined;

const orientationTag = 0x0112;
const short = 3;
/** Directories of more entries are not looked through. */
const mostEntries = 1024;

/**
 * Reads the orientation from Exif data: a TIFF whose first directory holds it. Whatever cannot be read says nothing.
 * @param exif from the byte order mark on
 */
export function orientationOf(exif: Buffer): Orientation {
  const order = exif.toString('latin1', 0, 2);
  if (exif.length < 14 || (order !== 'II' && order !== 'MM')) return undefined;
  const u16 = (at: number): number => (order === 'II' ? exif.readUInt16LE(at) : exif.readUInt16BE(at));
  const directory = order === 'II' ? exif.readUInt32LE(4) : exif.readUInt32BE(4);
  if (u16(2) !== 42 || directory + 2 > exif.length) return undefined;
  const entries = Math.min(u16(directory), mostEntries, Math.floor((exif.length - directory - 2) / 12));
  for (let index = 0; index < entries; index += 1) {
    const entry = directory + 2 + 12 * index;
    if (u16(entry) !== orientationTag) continue;
    const value = u16(entry + 8);
    return u16(entry + 2) === short && value >= 2 && value <= 8 ? value : undefined;
  }
  return undefined;
}

/** Exif data that says the orientation and nothing else. */
export function exifWith(orientation: number): Buffer {
  const exif = Buffer.from('MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0', 'latin1');
  exif.writeUInt16BE(orientation, 18);
  return exif;
}
