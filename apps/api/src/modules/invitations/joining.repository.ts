import { and, eq, isNull, sql } from 'drizzle-orm';
import { actAs, type Tx } from '../../db/database.ts';
import { attachments, messages, talkReadStates, talks } from '../../db/schema/index.ts';

export interface Joining {
  readonly talkId: string;
  readonly clinicianId: string;
  readonly patientId: string;
  /** Who gave the number that was verified. */
  readonly assurance: 'clinic' | 'invitee';
}

/**
 * Lets a patient into the talk they were invited to. Only the inviter can open that door, so the rest of the
 * transaction acts for the inviter. Never touches an account.
 * @returns false when somebody has joined before
 */
export async function joinTalk(tx: Tx, joining: Joining): Promise<boolean> {
  const { talkId, clinicianId, patientId, assurance } = joining;
  await actAs(tx, { kind: 'clinician', id: clinicianId });
  const joined = await tx
    .update(talks)
    .set({ patientId, assurance, joinedAt: sql`now()`, patientNoticeDueAt: null })
    .where(and(eq(talks.id, talkId), isNull(talks.patientId)))
    .returning({ id: talks.id });
  if (joined.length === 0) return false;
  await tx.update(messages).set({ patientId }).where(eq(messages.talkId, talkId));
  await tx.update(attachments).set({ patientId }).where(eq(attachments.talkId, talkId));
  await tx.update(talkReadStates).set({ patientId }).where(eq(talkReadStates.talkId, talkId));
  return true;
}
