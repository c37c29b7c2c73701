import { desc, eq } from 'drizzle-orm';
import { deliveries } from '../../db/schema/index.ts';
import type { JobPayloads } from '../../jobs/queue.ts';
import type { WorkerDependencies } from '../../jobs/worker-dependencies.ts';
import { recordCodeFate } from './code-fate.repository.ts';

const reason = 'The phone service did not take it.';

/** A code that was given up shows as one that did not arrive, to whoever waits for it and to the clinician. */
export const giveUpCode =
  ({ db, events }: Pick<WorkerDependencies, 'db' | 'events'>) =>
  async ({ verificationId }: JobPayloads['code.send']): Promise<void> => {
    const report = await db.transaction(async (tx) => {
      const [latest] = await tx
        .select({ deliveryId: deliveries.id, state: deliveries.state })
        .from(deliveries)
        .where(eq(deliveries.verificationId, verificationId))
        .orderBy(desc(deliveries.id))
        .limit(1);
      if (latest?.state !== 'queued') return undefined;
      const { deliveryId } = latest;
      return recordCodeFate(tx, { deliveryId, verificationId }, 'failed', reason);
    });
    if (!report) return;
    const { clinicianId, invitationId, caseId } = report;
    events.publish([clinicianId], { type: 'invitation.changed', invitationId, caseId });
  };
