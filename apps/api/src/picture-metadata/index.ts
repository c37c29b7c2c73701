import { choiceOf, cleanedPictures } from '@casetalk/contract';
import { cleanGif } from './gif.ts';
import { cleanHeic } from './heic.ts';
import { cleanJpeg } from './jpeg.ts';
import { type PictureBytes, pictureBytes, type ReadRange } from './picture-bytes.ts';
import { bytesOf, createPieces, type Pieces } from './pieces.ts';
import { cleanPng } from './png.ts';
import { cleanTiff } from './tiff.ts';
import { cleanWebp } from './webp.ts';

export { PictureDamaged } from './picture-damaged.ts';

const cleaners: Readonly<
  Record<(typeof cleanedPictures)[number], (bytes: PictureBytes, out: Pieces) => Promise<void>>
> = {
  'image/jpeg': cleanJpeg,
  'image/png': cleanPng,
  'image/gif': cleanGif,
  'image/webp': cleanWebp,
  'image/tiff': cleanTiff,
  'image/heic': cleanHeic,
};

/**
 * A picture without GPS and all other metadata, save which way up it is shown and its colour profile. What is drawn is
 * copied bit by bit and never decoded. Memory stays flat, whatever its size; it is read once to find out, and once more to
 * be copied.
 * @param read gives a range of the picture's bytes; whatever it fails with is thrown, or ends the copy
 * @returns the copy's bytes as they are asked for; undefined for other files, bitmaps among them, which have no room for any
 * @throws PictureDamaged when it is not built as its format says
 */
export async function withoutMetadata(
  mediaType: string,
  size: number,
  read: ReadRange,
): Promise<AsyncGenerator<Buffer> | undefined> {
  const known = choiceOf(cleanedPictures, mediaType);
  if (known === undefined) return undefined;
  const pieces = createPieces();
  await cleaners[known](pictureBytes(size, read), pieces);
  return bytesOf(pieces, read);
}
