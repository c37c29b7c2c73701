import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { deliveries, invitations, registrations, verifications } from '../../db/schema/index.ts';

export type CodeState = 'sent' | 'delivered' | 'failed';

/** The invitation whose code it was, for its clinician to hear. */
export interface CodeReport {
  readonly invitationId: string;
  readonly caseId: string;
  readonly clinicianId: string;
}

const before: Readonly<Record<CodeState, ('sending' | 'sent')[]>> = {
  sent: ['sending'],
  delivered: ['sending', 'sent'],
  failed: ['sending', 'sent'],
};

/**
 * Keeps what became of the latest message with a code. Reports about earlier messages, and late ones, change nothing.
 * @returns the invitation that it belongs to, when something changed; undefined for a password reset's
 */
export async function recordCodeFate(
  tx: Tx,
  { deliveryId, verificationId }: { deliveryId: string; verificationId: string },
  state: CodeState,
  reason: string | null,
): Promise<CodeReport | undefined> {
  // The invitation first, as everywhere: whoever locks two of these rows takes them in one order.
  await tx
    .select({ id: invitations.id })
    .from(invitations)
    .innerJoin(registrations, eq(registrations.invitationId, invitations.id))
    .innerJoin(verifications, eq(verifications.registrationId, registrations.id))
    .where(eq(verifications.id, verificationId))
    .for('update', { of: invitations });
  const latest = tx
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(eq(deliveries.verificationId, verificationId))
    .orderBy(desc(deliveries.id))
    .limit(1);
  const [code] = await tx
    .update(verifications)
    .set({ state, failure: reason })
    .where(
      and(
        eq(verifications.id, verificationId),
        inArray(verifications.state, before[state]),
        sql`${deliveryId}::uuid = (${latest})`,
      ),
    )
    .returning({ registrationId: verifications.registrationId });
  if (!code?.registrationId) return undefined;
  const [invitation] = await tx
    .update(invitations)
    .set(
      state === 'failed'
        ? { codeFailedAt: sql`now()`, codeFailure: reason }
        : { codeSentAt: sql`now()`, codeFailedAt: null, codeFailure: null },
    )
    .from(registrations)
    .where(
      and(
        eq(registrations.id, code.registrationId),
        eq(invitations.id, registrations.invitationId),
        eq(invitations.linkNumber, registrations.linkNumber),
      ),
    )
    .returning({
      invitationId: invitations.id,
      caseId: invitations.caseId,
      clinicianId: invitations.clinicianId,
    });
  return invitation;
}
