import type { Anchor } from './anchors.ts';
import { type ChainRow, decodeLinks, genesis, hashAfter, headOf, type Link } from './chain.ts';
import type { SealRow } from './chain.repository.ts';

/** The first thing found that nobody may have done. */
export interface Tampering {
  readonly kind:
    | 'changed'
    | 'removed'
    | 'reordered'
    | 'inserted'
    /** A seal itself was changed or removed. */
    | 'sealBroken'
    /** The chain's end, anchored before, is gone. */
    | 'cut'
    /** The chain is whole in itself and is not the one that was anchored. */
    | 'rebuilt';
  /** The row, where one can be named. */
  readonly rowId: string | null;
  readonly seal: number;
  /** The anchor that tells it. */
  readonly anchor?: Anchor;
}

export interface Verdict {
  /** Rows found as they were sealed. */
  readonly rows: number;
  readonly seals: number;
  readonly anchors: number;
  /** Rows that no seal covers yet: those of the last second, or of more when no worker runs. */
  readonly unsealed: number;
  readonly tampering: Tampering | null;
}

/** What verifying reads, each in its order, a part at a time. */
export interface Records {
  readonly rows: AsyncIterator<ChainRow>;
  readonly seals: AsyncIterable<SealRow>;
  /** By seal. */
  readonly anchors: ReadonlyMap<number, readonly Anchor[]>;
  /** No row can be of this transaction or a later one. */
  readonly end: bigint;
  /** A row that stands somewhere else than in its order; undefined when there is none with this id. */
  row(id: string): Promise<ChainRow | undefined>;
  /** The link of a row, and the one before it, wherever in the chain they are; undefined for a row never sealed. */
  link(id: string): Promise<{ readonly link: Link; readonly previous: Buffer } | undefined>;
}

/**
 * Walks the whole chain beside the rows, holding a part of each at a time, and stops at the first thing that is not as it
 * was sealed.
 */
export async function verifyChain(records: Records): Promise<Verdict> {
  const count = { rows: 0, seals: 0, anchors: 0, unsealed: 0 };
  const found = (tampering: Tampering | null): Verdict => ({ ...count, tampering });
  let previous: Buffer = genesis;

  for await (const seal of records.seals) {
    const links = decodeLinks(seal.links);
    const isNext = seal.number === count.seals + 1 && seal.rows === count.rows + (links?.length ?? 0);
    if (!links || !isNext || links.at(-1)?.id !== seal.lastId) {
      return found({ kind: 'sealBroken', rowId: null, seal: count.seals + 1 });
    }
    for (const link of links) {
      const { value: row } = (await records.rows.next()) as { value: ChainRow | undefined };
      const tampering = await compare(records, link, row, previous);
      if (tampering) return found({ ...tampering, seal: seal.number });
      previous = link.hash;
      count.rows += 1;
    }
    count.seals += 1;
    for (const anchor of records.anchors.get(seal.number) ?? []) {
      count.anchors += 1;
      if (anchor.head !== headOf(seal.links).toString('hex') || anchor.rows !== seal.rows) {
        return found({ kind: 'rebuilt', rowId: null, seal: seal.number, anchor });
      }
    }
  }

  for (;;) {
    const { value: row } = (await records.rows.next()) as { value: ChainRow | undefined };
    if (!row) break;
    if (BigInt(row.tx) >= records.end) return found({ kind: 'inserted', rowId: row.id, seal: count.seals });
    count.unsealed += 1;
  }
  const beyond = [...records.anchors.values()].flat().find(({ seal }) => seal > count.seals);
  if (beyond) {
    // As many rows as were anchored, in fewer seals: somebody sealed them anew.
    const kind = count.rows >= beyond.rows ? 'rebuilt' : 'cut';
    return found({ kind, rowId: null, seal: beyond.seal, anchor: beyond });
  }
  return found(null);
}

/** Holds the row that stands next against the link that comes next. */
async function compare(
  records: Records,
  link: Link,
  row: ChainRow | undefined,
  previous: Buffer,
): Promise<Pick<Tampering, 'kind' | 'rowId'> | undefined> {
  if (row?.id === link.id) {
    return hashAfter(previous, row).equals(link.hash) ? undefined : { kind: 'changed', rowId: row.id };
  }
  const expected = await records.row(link.id);
  if (!expected) return { kind: 'removed', rowId: link.id };
  const known = row && (await records.link(row.id));
  if (row && !known) return { kind: 'inserted', rowId: row.id };
  // Both rows are of the chain. The one that is as it was sealed stands right; the other one was moved past it.
  const isUntouched = hashAfter(previous, expected).equals(link.hash);
  return { kind: 'reordered', rowId: isUntouched && row ? row.id : link.id };
}
