import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { newId } from '../../db/new-id.ts';
import { messages, talks } from '../../db/schema/index.ts';
import type { DataKey } from '../../vault/data-key.ts';

/** The talk that an invitation invites to. Everything here runs inside `db.as(clinician)`. */
export const talkOpeningRepository = {
  /** @returns the id of the clinician's talk on this case, when there is one already */
  async find(tx: Tx, caseId: string, clinicianId: string): Promise<string | undefined> {
    const [talk] = await tx
      .select({ id: talks.id })
      .from(talks)
      .where(and(eq(talks.caseId, caseId), eq(talks.clinicianId, clinicianId)));
    return talk?.id;
  },

  /**
   * The clinician's one talk on this case, made when there is none, and held until the transaction ends so that two
   * invitations at once see each other.
   * @param id the new talk's, when one is made
   */
  async open(tx: Tx, id: string, caseId: string, clinicianId: string) {
    await tx.insert(talks).values({ id, caseId, clinicianId }).onConflictDoNothing();
    const [talk] = await tx
      .select({ id: talks.id, patientId: talks.patientId, lastMessageId: talks.lastMessageId })
      .from(talks)
      .where(and(eq(talks.caseId, caseId), eq(talks.clinicianId, clinicianId)))
      .for('update');
    if (!talk) throw new Error('A talk that was just made is not there.');
    return talk;
  },

  /** The message that the patient will find in the inbox. */
  async leaveMessage(
    tx: Tx,
    key: DataKey,
    talk: { id: string; caseId: string; clinicianId: string },
    text: string,
  ): Promise<void> {
    const id = newId();
    await tx.insert(messages).values({
      id,
      talkId: talk.id,
      caseId: talk.caseId,
      clinicianId: talk.clinicianId,
      sender: 'clinician',
      body: key.sealText('messages.body', id, text),
      sendKey: newId(),
    });
    await tx
      .update(talks)
      .set({ patientUnread: sql`${talks.patientUnread} + 1`, lastMessageId: id, lastMessageAt: sql`now()` })
      .where(eq(talks.id, talk.id));
  },
};
