import type { Language } from '@casetalk/contract';
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import {
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
      portal: sql<'clinician' | 'patient'>`coalesce(${passwordResets.portal}, 'patient')`,
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
    .leftJoin(patients, eq(patients.id, passwordResets.patientId))
    .where(
      and(
        eq(verifications.id, id),
        isNull(verifications.consumedAt),
        gt(verifications.expiresAt, sql`now() + interval '5 seconds'`),
        sql`(${verifications.passwordResetId} is not null or ${invitations.state} in ('opened', 'verified'))`,
      ),
    );
  return row;
}
