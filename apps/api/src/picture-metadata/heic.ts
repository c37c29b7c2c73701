import { type Box, boxAt, boxesIn } from './boxes.ts';
import { itemsOf, itemTypes } from './heic-items.ts';
import { PictureDamaged } from './picture-damaged.ts';
import type { PictureBytes } from './picture-bytes.ts';
import type { Pieces } from './pieces.ts';
import { type Span, writeSpans } from './spans.ts';

/** Coded pictures, and pictures made of others. */
const pictures = new Set(['hvc1', 'hev1', 'lhv1', 'av01', 'avc1', 'grid', 'iovl', 'iden', 'tmap']);
/** Exif, XMP and whatever else is told of a picture. */
const notes = new Set(['Exif', 'mime', 'uri ']);
/** Boxes of the header that a decoder needs. */
const ofHeader = new Set(['hdlr', 'dinf', 'pitm', 'iinf', 'iref', 'iprp', 'idat', 'iloc', 'grpl']);
const longestHeader = 8 * 1024 * 1024;
const mostBoxes = 1000;

/**
 * A HEIC (ISO/IEC 23008-12) without Exif, XMP and other notes. Everything keeps its place, since its parts name each
 * other's: noughts are where a note was. How the picture is turned stands among its properties and stays.
 * @throws PictureDamaged, also for films of pictures
 */
export async function cleanHeic(bytes: PictureBytes, out: Pieces): Promise<void> {
  const boxes = await outerBoxes(bytes);
  const [first] = boxes;
  const metas = boxes.filter(({ type }) => type === 'meta');
  const [meta] = metas;
  if (first?.type !== 'ftyp' || !meta || metas.length > 1)
    throw new PictureDamaged('does not begin as a HEIC');
  if (boxes.some(({ type }) => type === 'moov')) throw new PictureDamaged('is a film');
  if (meta.end - meta.start > longestHeader) throw new PictureDamaged('has a header of too many bytes');

  const header = Buffer.from(await bytes.at(meta.start, meta.end - meta.start));
  const spans = cleanHeader(header, meta.body - meta.start);
  for (const box of boxes) {
    if (box === first) out.keep(box.start, box.end - box.start);
    else if (box === meta) out.put(header);
    else if (box.type === 'mdat') {
      out.keep(box.start, box.body - box.start);
      writeSpans(out, within(spans, box), box.body, box.end);
    } else {
      const head = Buffer.from(await bytes.at(box.start, box.body - box.start));
      head.write('free', 4, 'latin1');
      out.put(head);
      out.blank(box.end - box.body);
    }
  }
  const inData = boxes.filter(({ type }) => type === 'mdat').flatMap((box) => within(spans, box));
  if (inData.length !== spans.length) throw new PictureDamaged('keeps a picture outside its data');
}

async function outerBoxes(bytes: PictureBytes): Promise<Box[]> {
  const boxes: Box[] = [];
  for (let at = 0; at < bytes.size; ) {
    const box = boxAt(await bytes.at(at, Math.min(16, bytes.size - at)), at, bytes.size);
    if (boxes.push(box) > mostBoxes) throw new PictureDamaged('made of too many parts');
    at = box.end;
  }
  return boxes;
}

const within = (spans: readonly Span[], { body, end }: Box): Span[] =>
  spans.filter(({ start, length }) => start >= body && start + length <= end);

/**
 * Blanks what the header itself tells, in place.
 * @returns the parts of the file that pictures are in
 */
function cleanHeader(header: Buffer, body: number): Span[] {
  // Four bytes of version and flags come before its boxes.
  const boxes = boxesIn(header, body + 4, header.length);
  const only = (type: string): Box => {
    const found = boxes.filter((box) => box.type === type);
    const [box] = found;
    if (!box || found.length > 1) throw new PictureDamaged(`has ${found.length} boxes ${type}`);
    return box;
  };
  const items = itemsOf(header, only('iloc'), itemTypes(header, only('iinf')));
  const strange = items.find(({ type }) => !pictures.has(type) && !notes.has(type));
  if (strange) throw new PictureDamaged(`has an item ${strange.type}`);
  const shown = items.filter(({ type }) => pictures.has(type)).flatMap(({ extents }) => extents);
  if (shown.length === 0) throw new PictureDamaged('has no picture');
  const told = items.filter(({ type }) => notes.has(type)).flatMap(({ extents }) => extents);
  for (const note of told) {
    const isAcross = shown.some(
      (one) =>
        one.in === note.in && one.start < note.start + note.length && note.start < one.start + one.length,
    );
    if (isAcross) throw new PictureDamaged(`has parts across each other at ${note.start}`);
  }

  const own = boxes.find(({ type }) => type === 'idat');
  if (own)
    blankOthers(
      header,
      own,
      shown.filter((extent) => extent.in === 'header'),
    );
  cleanProperties(header, only('iprp'));
  for (const box of boxes) if (!ofHeader.has(box.type)) becomeFree(header, box);
  return shown.filter((extent) => extent.in === 'file').map(({ start, length }) => ({ start, length }));
}

/** Leaves only pictures of the header's own data. */
function blankOthers(header: Buffer, { body, end }: Box, kept: readonly Span[]): void {
  const old = Buffer.from(header.subarray(body, end));
  header.fill(0, body, end);
  let copied = 0;
  for (const { start, length } of kept) {
    copied += length;
    if (start + length > old.length || copied > longestHeader)
      throw new PictureDamaged('keeps a picture outside its data');
    old.copy(header, body + start, start, start + length);
  }
}

/** Descriptions, and what only its writer knows, among the properties. Their number must stay: others count them. */
function cleanProperties(header: Buffer, iprp: Box): void {
  for (const list of boxesIn(header, iprp.body, iprp.end)) {
    if (list.type !== 'ipco') continue;
    for (const property of boxesIn(header, list.body, list.end)) {
      if (property.type === 'udes' || property.type === 'uuid') becomeFree(header, property);
    }
  }
}

function becomeFree(header: Buffer, { start, body, end }: Box): void {
  header.write('free', start + 4, 'latin1');
  header.fill(0, body, end);
}
