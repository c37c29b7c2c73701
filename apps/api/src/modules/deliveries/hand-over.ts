import type { Database, Tx } from '../../db/database.ts';
import { DeliveryRefused } from '../../gateways/delivery-failure.ts';
import { type Cargo, deliveryRepository } from './deliveries.repository.ts';

interface Fate {
  /** The provider has taken it. */
  handedOver?(tx: Tx, deliveryId: string): Promise<void>;
  /** The provider will never take it; the job is then done. */
  refused?(tx: Tx, deliveryId: string, reason: string): Promise<void>;
}

/**
 * Hands one message to a provider and keeps what became of it. A worker that dies in between leaves a delivery that
 * nobody heard of and a job that runs again: one message twice, none lost.
 * @param send gets the delivery's id, which comes back in the provider's reports; answers the provider's id
 * @throws DeliveryPostponed, so that the job is tried again
 */
export async function handOver(
  db: Pick<Database, 'transaction'>,
  cargo: Cargo,
  send: (deliveryId: string) => Promise<string | null>,
  fate: Fate = {},
): Promise<void> {
  const deliveryId = await db.transaction((tx) => deliveryRepository.begin(tx, cargo));
  try {
    const providerId = await send(deliveryId);
    await db.transaction(async (tx) => {
      await deliveryRepository.handedOver(tx, deliveryId, providerId);
      // A report may have been quicker: then the delivery is further on already.
      const moved = await deliveryRepository.move(tx, deliveryId, 'sent', null, false);
      if (moved) await fate.handedOver?.(tx, deliveryId);
    });
  } catch (error) {
    if (!(error instanceof DeliveryRefused)) throw error;
    const { reason } = error;
    await db.transaction(async (tx) => {
      const moved = await deliveryRepository.move(tx, deliveryId, 'failed', reason, true);
      if (moved) await fate.refused?.(tx, deliveryId, reason);
    });
  }
}
