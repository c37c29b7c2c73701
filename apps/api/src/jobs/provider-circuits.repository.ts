import { and, eq, isNotNull, isNull, lte, sql } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { providerCircuits } from '../db/schema/index.ts';

/** Who delivers: mails, or texts and calls. */
export type Provider = 'mail' | 'phone';

/** Failures in a row after which a provider is left alone. */
const failuresToOpen = 5;
/** One job tries a provider that is left alone as often as this. */
const probeAt = sql`now() + interval '30 seconds'`;

const isOpen = isNotNull(providerCircuits.openedAt);
const of = (provider: Provider) => eq(providerCircuits.provider, provider);

/** How the providers stand, in the database: what one worker finds out, all of them know. */
export const providerCircuitRepository = {
  /**
   * Counts a failure. An earlier wish to be left alone for longer holds.
   * @param waitSeconds how long the provider asks to be left alone; it is then, whatever was counted
   * @returns true when the provider is left alone from now on
   */
  async failed(tx: Tx, provider: Provider, waitSeconds?: number): Promise<boolean> {
    const nextTry = waitSeconds === undefined ? probeAt : sql`now() + make_interval(secs => ${waitSeconds})`;
    await tx
      .insert(providerCircuits)
      .values({ provider, failures: 1 })
      .onConflictDoUpdate({
        target: providerCircuits.provider,
        set: {
          failures: sql`${providerCircuits.failures} + 1`,
          probeAt: sql`case when ${isOpen} then greatest(${providerCircuits.probeAt}, ${nextTry}) end`,
        },
      });
    const opened = await tx
      .update(providerCircuits)
      .set({ openedAt: sql`now()`, probeAt: nextTry })
      .where(
        and(
          of(provider),
          isNull(providerCircuits.openedAt),
          waitSeconds === undefined ? sql`${providerCircuits.failures} >= ${failuresToOpen}` : undefined,
        ),
      )
      .returning({ provider: providerCircuits.provider });
    return opened.length > 0;
  },

  /** Forgets the failures. @returns true when the provider had been left alone until now */
  async answered(tx: Tx, provider: Provider): Promise<boolean> {
    const closed = await tx
      .update(providerCircuits)
      .set({ failures: 0, openedAt: null, probeAt: null })
      .where(and(of(provider), isOpen))
      .returning({ provider: providerCircuits.provider });
    if (closed.length > 0) return true;
    await tx
      .update(providerCircuits)
      .set({ failures: 0 })
      .where(and(of(provider), sql`${providerCircuits.failures} > 0`));
    return false;
  },

  /** Claims the one try that is due: among all workers, one gets it. */
  async claimProbe(tx: Tx, provider: Provider): Promise<boolean> {
    const claimed = await tx
      .update(providerCircuits)
      .set({ probeAt })
      .where(and(of(provider), isOpen, lte(providerCircuits.probeAt, sql`now()`)))
      .returning({ provider: providerCircuits.provider });
    return claimed.length > 0;
  },

  /** Nothing was there to try with: the next job is the one. */
  async returnProbe(tx: Tx, provider: Provider): Promise<void> {
    await tx
      .update(providerCircuits)
      .set({ probeAt: sql`now()` })
      .where(and(of(provider), isOpen));
  },

  /** A row for each provider that ever failed. */
  read: (tx: Tx) => tx.select().from(providerCircuits),

  /** Jobs that wait after a failed try need not wait any longer. */
  async bringForward(tx: Tx, queueNames: readonly string[]): Promise<void> {
    await tx.execute(
      sql`update pgboss.job set start_after = now()
          where name in ${queueNames} and state = 'retry' and start_after > now()`,
    );
  },
};
