import { sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { auditSeals } from '../../db/schema/index.ts';
import { chainColumns } from './chain-row.ts';
import type { ChainRow } from './chain.ts';

/** Any number will do, as long as it is always the same: of all workers one seals at a time. */
const advisoryLock = 4_100_420_044;

export interface SealRow {
  readonly number: number;
  readonly lastTx: bigint;
  readonly lastId: string;
  readonly rows: number;
  readonly links: Buffer;
}

/** Runs as casetalk_jobs, which may read the audit and add seals, and change neither. */
export const chainRepository = {
  /** @returns false while another worker seals; the lock goes with the transaction */
  async lock(tx: Tx): Promise<boolean> {
    const { rows } = await tx.execute<{ mine: boolean }>(
      sql`select pg_try_advisory_xact_lock(${advisoryLock}) as mine`,
    );
    return rows[0]?.mine === true;
  },

  async lastSeal(tx: Tx): Promise<SealRow | undefined> {
    const [row] = await tx.select().from(auditSeals).orderBy(sql`${auditSeals.number} desc`).limit(1);
    return row;
  },

  /** Every transaction before this one has ended: none of them adds a row any more. */
  async horizon(tx: Tx): Promise<bigint> {
    const { rows } = await tx.execute<{ horizon: string }>(
      sql`select (pg_snapshot_xmin(pg_current_snapshot())::text::bigint + app_audit_offset())::text as horizon`,
    );
    return BigInt(rows[0]?.horizon ?? 0);
  },

  /** Prepares to read the rows after a place and before a transaction, in the order of the chain. */
  async openRows(tx: Tx, after: { tx: bigint; id: string }, before: bigint, most: number): Promise<void> {
    await tx.execute(sql`declare unsealed no scroll cursor for
      select ${chainColumns} from audit_events
      where tx >= ${after.tx} and tx < ${before} and (tx > ${after.tx} or id > ${after.id}::uuid)
      order by audit_events.tx, audit_events.id limit ${most}`);
  },

  /** At most 2,000 of them; none at the end. */
  async nextRows(tx: Tx): Promise<ChainRow[]> {
    const { rows } = await tx.execute(sql`fetch 2000 from unsealed`);
    return rows as unknown as ChainRow[];
  },

  async addSeal(tx: Tx, seal: SealRow): Promise<void> {
    await tx.insert(auditSeals).values(seal);
  },
};
