import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { newId } from '../../db/new-id.ts';
import { deliveries } from '../../db/schema/index.ts';
import { type DeliveryState, statesBefore } from './deliveries.rules.ts';

/** What a delivery carries. */
export type Cargo =
  | { readonly purpose: 'invitation'; readonly invitationId: string; readonly linkNumber: number }
  | { readonly purpose: 'reminder'; readonly invitationId: string; readonly linkNumber: number }
  | { readonly purpose: 'code'; readonly verificationId: string }
  | { readonly purpose: 'notice' };

export interface Moved {
  readonly id: string;
  readonly purpose: string;
  readonly invitationId: string | null;
  readonly linkNumber: number | null;
  readonly verificationId: string | null;
}

export const deliveryRepository = {
  /** Written before a message is handed over, so that the provider's word about it finds home. */
  async begin(tx: Tx, cargo: Cargo): Promise<string> {
    const id = newId();
    await tx.insert(deliveries).values({ id, ...cargo });
    return id;
  },

  async handedOver(tx: Tx, id: string, providerId: string | null): Promise<void> {
    await tx.update(deliveries).set({ providerId }).where(eq(deliveries.id, id));
  },

  /** Whether no later mail with the same link has left: that one's link works, and its fate counts. */
  async isNewestOfLink(
    tx: Tx,
    { id, invitationId, linkNumber, purpose }: Pick<Moved, 'id' | 'invitationId' | 'linkNumber' | 'purpose'>,
  ): Promise<boolean> {
    if (invitationId === null || linkNumber === null) return false;
    const [newest] = await tx
      .select({ id: deliveries.id })
      .from(deliveries)
      .where(
        and(
          eq(deliveries.invitationId, invitationId),
          eq(deliveries.linkNumber, linkNumber),
          eq(deliveries.purpose, purpose),
        ),
      )
      .orderBy(desc(deliveries.id))
      .limit(1);
    return newest?.id === id;
  },

  /**
   * Moves a delivery forwards, never back: the providers' words arrive late, twice and out of order.
   * @returns the delivery when it moved
   */
  async move(
    tx: Tx,
    id: string,
    state: DeliveryState,
    reason: string | null,
    isFinal: boolean,
  ): Promise<Moved | undefined> {
    const [row] = await tx
      .update(deliveries)
      .set({ state, reason, final: isFinal, updatedAt: sql`now()` })
      .where(and(eq(deliveries.id, id), inArray(deliveries.state, statesBefore(state))))
      .returning({
        id: deliveries.id,
        purpose: deliveries.purpose,
        invitationId: deliveries.invitationId,
        linkNumber: deliveries.linkNumber,
        verificationId: deliveries.verificationId,
      });
    return row;
  },
};
