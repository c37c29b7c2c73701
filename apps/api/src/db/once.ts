import { and, eq } from 'drizzle-orm';
import type { Idempotency } from '../plugins/contract-routes.ts';
import { ProblemError } from '../problem-error.ts';
import type { Tx } from './database.ts';
import { idempotencyKeys } from './schema/index.ts';

/**
 * Makes something once for each Idempotency-Key, in the transaction that makes it. A twin that arrives meanwhile waits
 * for this transaction and then gets the same resource; nothing is left half-claimed by a crash.
 * @param make creates the resource and answers its id
 * @returns the id, and whether an earlier request had made it
 * @throws ProblemError `idempotency-key-reused` when the key named another request
 */
export async function once(
  tx: Tx,
  personId: string,
  { key, operation, requestHash }: Idempotency,
  make: () => Promise<string>,
): Promise<{ resourceId: string; repeated: boolean }> {
  const mine = and(eq(idempotencyKeys.personId, personId), eq(idempotencyKeys.key, key));
  const claimed = await tx
    .insert(idempotencyKeys)
    .values({ personId, key, operation, requestHash })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key });
  if (claimed.length === 0) {
    const [earlier] = await tx.select().from(idempotencyKeys).where(mine);
    if (!earlier?.resourceId || !earlier.requestHash.equals(requestHash)) {
      throw new ProblemError('idempotency-key-reused');
    }
    return { resourceId: earlier.resourceId, repeated: true };
  }
  const resourceId = await make();
  await tx.update(idempotencyKeys).set({ resourceId }).where(mine);
  return { resourceId, repeated: false };
}
