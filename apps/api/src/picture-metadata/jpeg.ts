import { exifWith, orientationOf } from './orientation.ts';
import { PictureDamaged } from './picture-damaged.ts';
import type { PictureBytes } from './picture-bytes.ts';
import type { Pieces } from './pieces.ts';

const endOfImage = 0xd9;
const startOfScan = 0xda;
const comment = 0xfe;
/** Tables, frames, restart intervals, numbers of lines: what a decoder needs. */
const isPicture = (code: number): boolean =>
  (code >= 0xc0 && code <= 0xcf && code !== 0xc8) || (code >= 0xda && code <= 0xdf);
const isFrame = (code: number): boolean =>
  code >= 0xc0 && code <= 0xcf && code !== 0xc4 && code !== 0xc8 && code !== 0xcc;
const isApplication = (code: number): boolean => code >= 0xe0 && code <= 0xef;
const isRestart = (code: number): boolean => code >= 0xd0 && code <= 0xd7;

/**
 * A JPEG (ITU-T T.81) without Exif, XMP, IPTC, comments, thumbnails, the pictures and films that telephones put behind
 * it, and whatever else stands in application segments; JFIF, Adobe's colour transform and ICC profiles stay. The
 * compressed picture is copied as it is.
 * @throws PictureDamaged
 */
export async function cleanJpeg(bytes: PictureBytes, out: Pieces): Promise<void> {
  if ((await bytes.at(0, 2)).readUInt16BE() !== 0xffd8) throw new PictureDamaged('does not begin as a JPEG');
  out.keep(0, 2);
  let at = 2;
  let hasFrame = false;
  let hasScan = false;
  let hasOrientation = false;

  for (;;) {
    const marker = await markerAt(bytes, at);
    const { code, next } = marker;
    if (code === endOfImage) {
      if (!hasScan) throw new PictureDamaged('has no picture');
      // What follows belongs to no picture that a decoder of JPEG knows of.
      out.keep(marker.start, 2);
      return;
    }
    if (!isPicture(code) && !isApplication(code) && code !== comment) {
      throw new PictureDamaged(`has the marker ${code.toString(16)} at ${marker.start}`);
    }
    const length = (await bytes.at(next, 2)).readUInt16BE();
    if (length < 2 || next + length > bytes.size) throw new PictureDamaged(`is cut at ${marker.start}`);
    at = next + length;
    if (isPicture(code)) {
      out.keep(marker.start, at - marker.start);
      hasFrame ||= isFrame(code);
    } else if (isApplication(code)) {
      const data = await bytes.at(next + 2, length - 2);
      if (code === 0xe2 && begins(data, 'ICC_PROFILE\0')) out.keep(marker.start, at - marker.start);
      const essence = essenceOf(code, data);
      const isSecond = code === 0xe1 && hasOrientation;
      if (essence && !isSecond) out.put(segment(code, essence));
      hasOrientation ||= code === 0xe1 && essence !== undefined;
    }
    if (code !== startOfScan) continue;
    if (!hasFrame) throw new PictureDamaged('has a scan before its frame');
    hasScan = true;
    const end = await scanEnd(bytes, at);
    out.keep(at, end - at);
    at = end;
    // Cut in the middle of the picture: decoders show what there is, and nothing else is left.
    if (at === bytes.size) return;
  }
}

/** A marker may be preceded by any number of 0xff. */
async function markerAt(
  bytes: PictureBytes,
  at: number,
): Promise<{ code: number; start: number; next: number }> {
  let next = at;
  if ((await bytes.at(next, 1))[0] !== 0xff) throw new PictureDamaged(`has no marker at ${at}`);
  for (;;) {
    const found = await bytes.from(next);
    const fill = found.findIndex((byte) => byte !== 0xff);
    if (fill === -1) {
      next += found.length;
      continue;
    }
    const start = next + fill - 1;
    return { code: found[fill] ?? 0, start, next: start + 2 };
  }
}

/** Where the compressed data ends that begins here: at the next marker that is no restart, or at the end of the file. */
async function scanEnd(bytes: PictureBytes, start: number): Promise<number> {
  let at = start;
  while (at < bytes.size) {
    const held = await bytes.from(at);
    let from = 0;
    for (;;) {
      const mark = held.indexOf(0xff, from);
      if (mark === -1) {
        at += held.length;
        break;
      }
      const code = held[mark + 1];
      if (code === undefined) {
        // The mark is the last byte at hand, or of all.
        if (at + mark + 1 === bytes.size) return bytes.size;
        at += mark;
        break;
      }
      if (code !== 0 && code !== 0xff && !isRestart(code)) return at + mark;
      from = code === 0xff ? mark + 1 : mark + 2;
    }
  }
  return bytes.size;
}

const begins = (data: Buffer, mark: string): boolean => data.toString('latin1', 0, mark.length) === mark;

/** What of an application segment changes how the picture is shown, colour profiles aside; undefined when nothing does. */
function essenceOf(code: number, data: Buffer): Buffer | undefined {
  if (code === 0xe0 && begins(data, 'JFIF\0') && data.length >= 14) {
    // Version, density, and a thumbnail of no size.
    return Buffer.concat([data.subarray(0, 12), Buffer.alloc(2)]);
  }
  if (code === 0xe1 && begins(data, 'Exif\0')) {
    const orientation = orientationOf(data.subarray(6));
    return orientation === undefined
      ? undefined
      : Buffer.concat([Buffer.from('Exif\0\0'), exifWith(orientation)]);
  }
  return code === 0xee && begins(data, 'Adobe') && data.length >= 12 ? data.subarray(0, 12) : undefined;
}

function segment(code: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, code, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}
