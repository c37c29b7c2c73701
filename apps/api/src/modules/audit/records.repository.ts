import { sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import type { Anchor } from './anchors.ts';
import { chainColumns } from './chain-row.ts';
import { bytesOfId, type ChainRow, decodeLinks, genesis, headOf } from './chain.ts';
import type { SealRow } from './chain.repository.ts';
import type { Records } from './verify-chain.ts';

/**
 * What verifying reads, out of one read-only transaction, so that everything is of one moment. At most 2,000 rows and one
 * seal are held at a time.
 */
export async function openRecords(tx: Tx, anchors: readonly Anchor[]): Promise<Records> {
  await tx.execute(sql`declare audit_rows no scroll cursor for
    select ${chainColumns} from audit_events order by audit_events.tx, audit_events.id`);
  const { rows: ends } = await tx.execute<{ end: string }>(
    sql`select (pg_snapshot_xmax(pg_current_snapshot())::text::bigint + app_audit_offset())::text as "end"`,
  );

  async function* rows(): AsyncGenerator<ChainRow> {
    for (;;) {
      const part = await tx.execute(sql`fetch 2000 from audit_rows`);
      if (part.rows.length === 0) return;
      yield* part.rows as unknown as ChainRow[];
    }
  }

  async function* seals(): AsyncGenerator<SealRow> {
    let number = 0;
    for (;;) {
      const { rows: found } = await tx.execute<{
        number: string;
        rows: string;
        lastId: string;
        links: Buffer;
      }>(
        sql`select number, rows, last_id as "lastId", links from audit_seals
          where number > ${number} order by number limit 1`,
      );
      const [seal] = found;
      if (!seal) return;
      number = Number(seal.number);
      yield { number, rows: Number(seal.rows), lastTx: 0n, lastId: seal.lastId, links: seal.links };
    }
  }

  const bySeal = new Map<number, Anchor[]>();
  for (const anchor of anchors) bySeal.set(anchor.seal, [...(bySeal.get(anchor.seal) ?? []), anchor]);

  return {
    rows: rows(),
    seals: seals(),
    anchors: bySeal,
    end: BigInt(ends[0]?.end ?? 0),

    async row(id) {
      const found = await tx.execute(sql`select ${chainColumns} from audit_events where id = ${id}`);
      return found.rows[0] as ChainRow | undefined;
    },

    async link(id) {
      const { rows: found } = await tx.execute<{ links: Buffer; before: Buffer | null }>(
        sql`select s.links, (select b.links from audit_seals b where b.number = s.number - 1) as before
          from audit_seals s where position(${bytesOfId(id)}::bytea in s.links) > 0`,
      );
      for (const { links, before } of found) {
        const all = decodeLinks(links) ?? [];
        const index = all.findIndex((one) => one.id === id);
        const link = all[index];
        if (!link) continue;
        return { link, previous: all[index - 1]?.hash ?? (before ? headOf(before) : genesis) };
      }
      return undefined;
    },
  };
}
