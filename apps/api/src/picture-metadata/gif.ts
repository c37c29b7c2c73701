import { PictureDamaged } from './picture-damaged.ts';
import type { PictureBytes } from './picture-bytes.ts';
import type { Pieces } from './pieces.ts';

const extension = 0x21;
const image = 0x2c;
const trailer = 0x3b;
const plainText = 0x01;
const graphicControl = 0xf9;
const application = 0xff;
/** How often an animation is repeated, and the colour profile. */
const keptApplications = new Set(['NETSCAPE2.0', 'ANIMEXTS1.0', 'ICCRGBG1012']);

/**
 * A GIF without comments, XMP and other programs' notes, nor what follows its end. Frames, their times and the number of
 * rounds are copied as they are.
 * @throws PictureDamaged
 */
export async function cleanGif(bytes: PictureBytes, out: Pieces): Promise<void> {
  const head = await bytes.at(0, 13);
  if (!/^GIF8[79]a$/.test(head.toString('latin1', 0, 6))) {
    throw new PictureDamaged('does not begin as a GIF');
  }
  let at = 13 + coloursLength(head[10] ?? 0);
  if (at > bytes.size) throw new PictureDamaged('is cut in its colours');
  out.keep(0, at);
  let hasImage = false;
  for (;;) {
    // Some programs leave the last byte out.
    const block = at === bytes.size ? trailer : (await bytes.at(at, 1))[0];
    if (block === trailer) {
      if (!hasImage) throw new PictureDamaged('has no picture');
      out.put(Buffer.of(trailer));
      return;
    }
    const start = at;
    if (block === extension) {
      const label = (await bytes.at(at + 1, 1))[0] ?? 0;
      const isKept = await keepsExtension(bytes, at + 1, label);
      at = await blocksEnd(bytes, at + 2);
      if (isKept) out.keep(start, at - start);
    } else if (block === image) {
      const flags = (await bytes.at(at + 9, 1))[0] ?? 0;
      // Its colours, then one byte that says how wide the codes are.
      at = await blocksEnd(bytes, at + 10 + coloursLength(flags) + 1);
      out.keep(start, at - start);
      hasImage = true;
    } else throw new PictureDamaged(`has an unknown block at ${at}`);
  }
}

const coloursLength = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1));

async function keepsExtension(bytes: PictureBytes, at: number, label: number): Promise<boolean> {
  if (label === graphicControl || label === plainText) return true;
  if (label !== application || (await bytes.at(at + 1, 1))[0] !== 11) return false;
  return keptApplications.has((await bytes.at(at + 2, 11)).toString('latin1'));
}

/** Where a chain of blocks ends, each of which says its length, the last one nought. */
async function blocksEnd(bytes: PictureBytes, start: number): Promise<number> {
  let at = start;
  for (;;) {
    const length = (await bytes.at(at, 1))[0] ?? 0;
    at += 1 + length;
    if (at > bytes.size) throw new PictureDamaged(`is cut at ${at}`);
    if (length === 0) return at;
  }
}
