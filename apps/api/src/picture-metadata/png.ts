import { crc32 } from 'node:zlib';
import { exifWith, orientationOf } from './orientation.ts';
import { PictureDamaged } from './picture-damaged.ts';
import type { PictureBytes } from './picture-bytes.ts';
import type { Pieces } from './pieces.ts';

const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
/** What decides how the picture looks, its animation included (W3C PNG, third edition). */
const kept = new Set(
  (
    'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV mDCv cLLI cLLi bKGD hIST pHYs sPLT ' +
    'acTL fcTL fdAT'
  ).split(' '),
);
/** Exif of more than this is not looked at. */
const longestExif = 1024 * 1024;

/**
 * A PNG without Exif, texts (XMP stands in one), time, and chunks that nobody needs for showing it, nor what follows its
 * end. The picture is copied as it is.
 * @throws PictureDamaged
 */
export async function cleanPng(bytes: PictureBytes, out: Pieces): Promise<void> {
  if (!(await bytes.at(0, 8)).equals(signature)) throw new PictureDamaged('does not begin as a PNG');
  out.keep(0, 8);
  let at = 8;
  let hasData = false;
  for (;;) {
    const head = await bytes.at(at, 8);
    const length = head.readUInt32BE();
    const type = head.toString('latin1', 4);
    const next = at + 12 + length;
    if (!/^[A-Za-z]{4}$/.test(type) || length > 0x7fffffff || next > bytes.size) {
      throw new PictureDamaged(`is cut at ${at}`);
    }
    if ((at === 8) !== (type === 'IHDR')) throw new PictureDamaged('has its header in another place');
    if (kept.has(type)) out.keep(at, 12 + length);
    else if (type === 'eXIf' && length <= longestExif) {
      const orientation = orientationOf(await bytes.at(at + 8, length));
      if (orientation) out.put(chunk('eXIf', exifWith(orientation)));
    } else if (/^[A-Z]/.test(type)) throw new PictureDamaged(`needs a chunk ${type} that is not known`);
    hasData ||= type === 'IDAT';
    if (type === 'IEND') break;
    at = next;
  }
  if (!hasData) throw new PictureDamaged('has no picture');
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const made = Buffer.alloc(8 + body.length);
  made.writeUInt32BE(data.length);
  body.copy(made, 4);
  made.writeUInt32BE(crc32(body), 4 + body.length);
  return made;
}
