import { inArray, sql } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import {
  codeSends,
  contactChanges,
  deliveries,
  drafts,
  factorCeremonies,
  idempotencyKeys,
  passwordResets,
  rateCounters,
  sessions,
  signInFailures,
  verifications,
} from '../db/schema/index.ts';

/**
 * Removes what has done its work: keys after a day, counters after two, sessions and failures long over, what was needed
 * to send codes, with its numbers and network addresses, and drafts that nobody came back for. The breaker of codes looks back a week.
 */
export const sweepLeftovers = (db: Pick<Database, 'transaction'>): Promise<void> =>
  db.transaction(async (tx) => {
    await tx.delete(idempotencyKeys).where(sql`${idempotencyKeys.createdAt} < now() - interval '24 hours'`);
    await tx.delete(rateCounters).where(sql`${rateCounters.window} < extract(epoch from now()) - 2 * 86400`);
    await tx.delete(sessions).where(sql`${sessions.expiresAt} < now() - interval '1 day'`);
    await tx.delete(signInFailures).where(sql`${signInFailures.updatedAt} < now() - interval '30 days'`);
    await tx.delete(codeSends).where(sql`${codeSends.sentAt} < now() - interval '8 days'`);
    const over = sql`${verifications.createdAt} < now() - interval '30 days'`;
    const overIds = tx.select({ id: verifications.id }).from(verifications).where(over);
    await tx.delete(deliveries).where(inArray(deliveries.verificationId, overIds));
    await tx.delete(verifications).where(over);
    await tx.delete(passwordResets).where(sql`${passwordResets.createdAt} < now() - interval '60 days'`);
    await tx.delete(factorCeremonies).where(sql`${factorCeremonies.expiresAt} < now() - interval '60 days'`);
    await tx.delete(drafts).where(sql`${drafts.savedAt} < now() - interval '30 days'`);
    await tx.delete(contactChanges).where(sql`${contactChanges.expiresAt} < now() - interval '60 days'`);
  });
