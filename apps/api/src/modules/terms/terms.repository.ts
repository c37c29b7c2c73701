import type { Language } from '@casetalk/contract';
import { and, eq, gte, isNull, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { newId } from '../../db/new-id.ts';
import { invitations, patients, termsAcceptances } from '../../db/schema/index.ts';

/** What is kept of an acceptance: exactly which text, by whom, from where. */
export interface Acceptance {
  readonly patientId: string | null;
  readonly invitationId: string | null;
  readonly version: string;
  readonly hash: string;
  readonly language: Language;
  readonly ip: string;
}

export const termsRepository = {
  async record(tx: Tx, acceptance: Acceptance): Promise<void> {
    await tx.insert(termsAcceptances).values({ id: newId(), ...acceptance });
  },

  /**
   * Whether this version was accepted while registering through this invitation, by its present addressee: an address
   * that was corrected takes `terms_accepted_at` away.
   */
  async acceptedForInvitation(tx: Tx, invitationId: string, version: string): Promise<boolean> {
    const [row] = await tx
      .select({ id: termsAcceptances.id })
      .from(termsAcceptances)
      .innerJoin(invitations, eq(invitations.id, termsAcceptances.invitationId))
      .where(
        and(
          eq(termsAcceptances.invitationId, invitationId),
          eq(termsAcceptances.version, version),
          isNull(termsAcceptances.patientId),
          gte(termsAcceptances.acceptedAt, invitations.termsAcceptedAt),
        ),
      )
      .limit(1);
    return row !== undefined;
  },

  /** What was accepted before there was an account now belongs to the account. */
  async giveToPatient(tx: Tx, invitationId: string, patientId: string): Promise<void> {
    await tx
      .update(termsAcceptances)
      .set({ patientId })
      .where(
        and(
          eq(termsAcceptances.invitationId, invitationId),
          isNull(termsAcceptances.patientId),
          sql`${termsAcceptances.acceptedAt} >= (select i.terms_accepted_at from invitations i where i.id = ${invitationId})`,
        ),
      );
  },

  async setAcceptedVersion(tx: Tx, patientId: string, version: string): Promise<void> {
    await tx.update(patients).set({ termsVersion: version }).where(eq(patients.id, patientId));
  },
};
