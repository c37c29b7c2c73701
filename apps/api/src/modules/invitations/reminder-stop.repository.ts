import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { invitations, practices } from '../../db/schema/index.ts';

/** Whether an invitee wants to be reminded. */
export const reminderStopRepository = {
  /** Where the reminders of an invitation go, in whose name, and since when they are stopped. */
  async find(tx: Tx, id: string) {
    const [row] = await tx
      .select({
        email: invitations.email,
        language: invitations.language,
        practice: { name: practices.name, phone: practices.phone },
        stoppedAt: invitations.remindersStoppedAt,
        caseId: invitations.caseId,
        clinicianId: invitations.clinicianId,
      })
      .from(invitations)
      .innerJoin(practices, eq(practices.id, invitations.practiceId))
      .where(eq(invitations.id, id));
    return row;
  },

  /** @returns false when it was so already, or the invitation goes to another address by now */
  async set(tx: Tx, id: string, email: string, stopped: boolean): Promise<boolean> {
    const { remindersStoppedAt } = invitations;
    const changed = await tx
      .update(invitations)
      .set({ remindersStoppedAt: stopped ? sql`now()` : null })
      .where(
        and(
          eq(invitations.id, id),
          eq(invitations.email, email),
          stopped ? isNull(remindersStoppedAt) : isNotNull(remindersStoppedAt),
        ),
      )
      .returning({ id: invitations.id });
    return changed.length > 0;
  },
};
