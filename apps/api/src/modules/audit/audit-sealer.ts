import { sql } from 'drizzle-orm';
import type { Database, Tx } from '../../db/database.ts';
import { type Anchor, appendAnchor } from './anchors.ts';
import { encodeLinks, genesis, headOf, linksAfter } from './chain.ts';
import { chainRepository, type SealRow } from './chain.repository.ts';

/** Rows that one round seals at most, so that it stays short after a long standstill. */
const roundSize = 50_000;

export interface AuditSealer {
  /** Seals every row that is settled and not sealed yet, unless another worker is at it. */
  seal(): Promise<void>;
  /** Writes the chain's head down outside the database, unless it is there already. */
  anchor(): Promise<void>;
}

export interface AuditSealerNeeds {
  readonly db: Pick<Database, 'transaction'>;
  /** The file that only grows; see docs/decisions/0016. */
  readonly anchorsFile: string;
  /** Told of each anchor as well: the log leaves the machine on its own way. */
  readonly onAnchor: (anchor: Anchor) => void;
}

/**
 * Chains the audit: each row's hash covers the row before. Rows are sealed in the order of their transactions, and only
 * those of which every earlier transaction has ended, so that one that commits late is neither skipped nor out of order.
 */
export function createAuditSealer({ db, anchorsFile, onAnchor }: AuditSealerNeeds): AuditSealer {
  let anchored = 0;

  return {
    seal: () =>
      db.transaction(async (tx) => {
        if (!(await chainRepository.lock(tx))) return;
        await tx.execute(sql`set local statement_timeout = '60s'`);
        let last = await chainRepository.lastSeal(tx);
        const horizon = await chainRepository.horizon(tx);
        if (last && last.lastTx >= horizon) {
          throw new Error('This server counts transactions anew: run the migrations once after restoring.');
        }
        const place = { tx: last?.lastTx ?? 0n, id: last?.lastId ?? '00000000-0000-0000-0000-000000000000' };
        await chainRepository.openRows(tx, place, horizon, roundSize);
        for (;;) {
          const next = await sealNext(tx, last);
          if (!next) return;
          last = next;
        }
      }),

    async anchor() {
      const last = await db.transaction((tx) => chainRepository.lastSeal(tx));
      if (!last || last.number <= anchored) return;
      const anchor: Anchor = {
        at: new Date().toISOString(),
        seal: last.number,
        rows: last.rows,
        head: headOf(last.links).toString('hex'),
      };
      await appendAnchor(anchorsFile, anchor);
      anchored = last.number;
      onAnchor(anchor);
    },
  };
}

async function sealNext(tx: Tx, last: SealRow | undefined): Promise<SealRow | undefined> {
  const rows = await chainRepository.nextRows(tx);
  const end = rows.at(-1);
  if (!end) return undefined;
  const seal: SealRow = {
    number: (last?.number ?? 0) + 1,
    lastTx: BigInt(end.tx),
    lastId: end.id,
    rows: (last?.rows ?? 0) + rows.length,
    links: encodeLinks(linksAfter(last ? headOf(last.links) : genesis, rows)),
  };
  await chainRepository.addSeal(tx, seal);
  return seal;
}
