import { exifWith, orientationOf } from './orientation.ts';
import { PictureDamaged } from './picture-damaged.ts';
import type { PictureBytes } from './picture-bytes.ts';
import { createPieces, type Pieces } from './pieces.ts';

const kept = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
const inFrame = new Set(['VP8 ', 'VP8L', 'ALPH']);
const exifFlag = 0x08;
const xmpFlag = 0x04;
/** Exif of more than this is not looked at. */
const longestExif = 1024 * 1024;

/**
 * A WebP (RFC 9649) without Exif, XMP and chunks that are not known, nor what follows its end. Pictures, frames and the
 * colour profile are copied as they are.
 * @throws PictureDamaged
 */
export async function cleanWebp(bytes: PictureBytes, out: Pieces): Promise<void> {
  const head = await bytes.at(0, 12);
  const end = 8 + head.readUInt32LE(4);
  if (head.toString('latin1', 0, 4) !== 'RIFF' || head.toString('latin1', 8) !== 'WEBP') {
    throw new PictureDamaged('does not begin as a WebP');
  }
  if (end > bytes.size) throw new PictureDamaged('is shorter than it says');
  const chunks = createPieces();
  let extended: { flags: number; data: Buffer } | undefined;
  let exif: Buffer | undefined;
  let hasPicture = false;
  for (let at = 12; at < end; ) {
    const { type, length, next } = await chunkAt(bytes, at, end);
    if (type === 'VP8X') {
      if (extended || length < 10 || at !== 12) throw new PictureDamaged('has its header in another place');
      const data = Buffer.from(await bytes.at(at, 18));
      extended = { flags: data[8] ?? 0, data };
      data.writeUInt32LE(10, 4);
    } else if (type === 'EXIF' && length <= longestExif) {
      exif ??= exifOf(await bytes.at(at + 8, length));
    } else if (kept.has(type)) {
      if (type === 'ANMF') await requirePureFrame(bytes, at + 8, length);
      hasPicture ||= type === 'VP8 ' || type === 'VP8L' || type === 'ANMF';
      chunks.keep(at, next - at);
      chunks.blank((next - at) % 2);
    }
    at = next;
  }
  if (!hasPicture) throw new PictureDamaged('has no picture');
  // Only an extended file may hold Exif at all.
  const last = extended && exif ? chunk('EXIF', exif) : Buffer.alloc(0);
  if (extended) {
    extended.data[8] = (extended.flags & ~(exifFlag | xmpFlag)) | (last.length > 0 ? exifFlag : 0);
  }
  const first = extended?.data ?? Buffer.alloc(0);
  const riff = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  riff.writeUInt32LE(4 + first.length + chunks.size + last.length, 4);
  out.put(Buffer.concat([riff, first]));
  out.append(chunks);
  out.put(last);
}

async function chunkAt(
  bytes: PictureBytes,
  at: number,
  end: number,
): Promise<{ type: string; length: number; next: number }> {
  const head = await bytes.at(at, 8);
  const length = head.readUInt32LE(4);
  // Chunks begin at even places; some writers leave the filling byte of the last one out of the sum.
  const next = Math.min(at + 8 + length + (length % 2), Math.max(end, at + 8 + length));
  if (at + 8 + length > end) throw new PictureDamaged(`is cut at ${at}`);
  return { type: head.toString('latin1', 0, 4), length, next };
}

/** A frame holds its picture and nothing else. */
async function requirePureFrame(bytes: PictureBytes, start: number, length: number): Promise<void> {
  const end = start + length;
  for (let at = start + 16; at < end; ) {
    const { type, next } = await chunkAt(bytes, at, end);
    if (!inFrame.has(type)) throw new PictureDamaged(`has something in a frame at ${at}`);
    at = next;
  }
}

/** Some writers put JPEG's mark before it. */
function exifOf(data: Buffer): Buffer | undefined {
  const orientation = orientationOf(data.toString('latin1', 0, 6) === 'Exif\0\0' ? data.subarray(6) : data);
  return orientation === undefined ? undefined : exifWith(orientation);
}

function chunk(type: string, data: Buffer): Buffer {
  const made = Buffer.alloc(8 + data.length + (data.length % 2));
  made.write(type, 'latin1');
  made.writeUInt32LE(data.length, 4);
  data.copy(made, 8);
  return made;
}
