import { type Box, boxesIn, numbersFrom } from './boxes.ts';
import { PictureDamaged } from './picture-damaged.ts';

/** Where a part of an item is: in the file, or in the header's own data. */
export interface Extent {
  readonly in: 'file' | 'header';
  readonly start: number;
  readonly length: number;
}

export interface Item {
  readonly id: number;
  readonly type: string;
  readonly extents: readonly Extent[];
}

const mostItems = 65_536;
const mostExtents = 10_000;

/**
 * What each item is. Their names say nothing that a decoder needs: they are blanked in passing.
 * @throws PictureDamaged
 */
export function itemTypes(meta: Buffer, iinf: Box): Map<number, string> {
  const head = numbersFrom(meta, iinf.body, iinf.end);
  const version = head.next(1);
  head.text(3);
  head.next(version === 0 ? 2 : 4);
  const types = new Map<number, string>();
  for (const box of boxesIn(meta, head.at, iinf.end)) {
    if (box.type !== 'infe') throw new PictureDamaged(`lists ${box.type} among its items`);
    const entry = numbersFrom(meta, box.body, box.end);
    const version = entry.next(1);
    if (version !== 2 && version !== 3) throw new PictureDamaged('lists its items in an old form');
    entry.text(3);
    const id = entry.next(version === 2 ? 2 : 4);
    entry.next(2);
    types.set(id, entry.text(4));
    meta.fill(0, entry.at, box.end);
    if (types.size > mostItems) throw new PictureDamaged('made of too many parts');
  }
  return types;
}

/** @returns the items with their places. @throws PictureDamaged, also for places outside the file */
export function itemsOf(meta: Buffer, iloc: Box, types: ReadonlyMap<number, string>): Item[] {
  const list = numbersFrom(meta, iloc.body, iloc.end);
  const version = list.next(1);
  if (version > 2) throw new PictureDamaged('says the places of its items in an unknown form');
  list.text(3);
  const lengths = list.next(2);
  const [offsetLength, lengthLength] = [lengths >> 12, (lengths >> 8) & 15];
  const [baseLength, indexLength] = [(lengths >> 4) & 15, version === 0 ? 0 : lengths & 15];
  const idLength = version === 2 ? 4 : 2;
  const count = list.next(idLength);
  const items: Item[] = [];
  let extentsInAll = 0;
  for (let index = 0; index < count; index += 1) {
    const id = list.next(idLength);
    const method = version === 0 ? 0 : list.next(2) & 15;
    const reference = list.next(2);
    if (method > 1 || reference !== 0) throw new PictureDamaged('keeps an item outside');
    const base = list.next(baseLength);
    const extentCount = list.next(2);
    extentsInAll += extentCount;
    if (extentsInAll > mostExtents) throw new PictureDamaged('made of too many parts');
    const extents: Extent[] = [];
    for (let part = 0; part < extentCount; part += 1) {
      list.next(indexLength);
      const start = base + list.next(offsetLength);
      const length = list.next(lengthLength);
      if (length === 0) throw new PictureDamaged('does not say how long an item is');
      extents.push({ in: method === 0 ? 'file' : 'header', start, length });
    }
    const type = types.get(id);
    if (type === undefined) throw new PictureDamaged('has an item of no type');
    items.push({ id, type, extents });
  }
  return items;
}
