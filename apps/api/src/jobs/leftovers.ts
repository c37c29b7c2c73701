import { sql } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { idempotencyKeys, rateCounters, sessions, signInFailures } from '../db/schema/index.ts';

/** Removes what has done its work: keys after a day, counters after two, sessions and failures long over. */
export const sweepLeftovers = (db: Pick<Database, 'transaction'>): Promise<void> =>
  db.transaction(async (tx) => {
    await tx.delete(idempotencyKeys).where(sql`${idempotencyKeys.createdAt} < now() - interval '24 hours'`);
    await tx.delete(rateCounters).where(sql`${rateCounters.window} < extract(epoch from now()) - 2 * 86400`);
    await tx.delete(sessions).where(sql`${sessions.expiresAt} < now() - interval '1 day'`);
    await tx.delete(signInFailures).where(sql`${signInFailures.updatedAt} < now() - interval '30 days'`);
  });
