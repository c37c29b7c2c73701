import type { Language } from '@casetalk/contract';
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import {
  contactChanges,
  factorCeremonies,
  invitations,
  passwordResets,
  patients,
  registrations,
  verifications,
} from '../../db/schema/index.ts';

/** A live code that is to leave now. */
export interface OutgoingCode {
  readonly id: string;
  readonly channel: 'text' | 'call';
  readonly phone: string;
  readonly sealedCode: Buffer;
  readonly sends: number;
  readonly secondsLeft: number;
  readonly language: Language;
  readonly portal: 'clinician' | 'patient';
}

/** @returns undefined once the code is used, over, or no longer wanted: a dead code never leaves */
export async function findOutgoingCode(tx: Tx, id: string): Promise<OutgoingCode | undefined> {
  const [row] = await tx
    .select({
      id: verifications.id,
      channel: verifications.channel,
      phone: verifications.phone,
      sealedCode: verifications.sealedCode,
      sends: verifications.sends,
      secondsLeft: sql<number>`floor(extract(epoch from ${verifications.expiresAt} - now()))::int`,
      language: sql<Language>`coalesce(${invitations.language}, ${patients.language}, 'en')`,
      portal: sql<
        'clinician' | 'patient'
      >`coalesce(${passwordResets.portal}, ${factorCeremonies.portal}, 'patient')`,
    })
    .from(verifications)
    .leftJoin(registrations, eq(registrations.id, verifications.registrationId))
    .leftJoin(
      invitations,
      and(
        eq(invitations.id, registrations.invitationId),
        eq(invitations.linkNumber, registrations.linkNumber),
      ),
    )
    .leftJoin(passwordResets, eq(passwordResets.id, verifications.passwordResetId))
    .leftJoin(factorCeremonies, eq(factorCeremonies.id, verifications.factorCeremonyId))
    .leftJoin(contactChanges, eq(contactChanges.id, verifications.contactChangeId))
    .leftJoin(
      patients,
      sql`${patients.id} = coalesce(${passwordResets.patientId}, ${factorCeremonies.patientId}, ${contactChanges.patientId})`,
    )
    .where(
      and(
        eq(verifications.id, id),
        isNull(verifications.consumedAt),
        gt(verifications.expiresAt, sql`now() + interval '5 seconds'`),
        isNull(factorCeremonies.endedAt),
        isNull(contactChanges.endedAt),
        sql`(${verifications.registrationId} is null or ${invitations.state} in ('opened', 'verified'))`,
      ),
    );
  return row;
}
