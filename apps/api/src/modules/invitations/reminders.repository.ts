import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { newId } from '../../db/new-id.ts';
import {
  cases,
  clinicians,
  invitationReminders,
  invitations,
  practices,
  registrations,
} from '../../db/schema/index.ts';
import { isInTime, isLive } from './invitations.repository.ts';
import { reminderDays } from './invitations.rules.ts';

/** The newest reminder that is due; one for all when the worker was away for days. */
const dueNumber = sql<number>`(select max(d.number) from unnest(${sql`array[${sql.join(
  reminderDays.map((day) => sql`${day}::int`),
  sql`, `,
)}]`}) with ordinality d(days, number)
  where ${invitations.sentAt} + make_interval(days => d.days) <= now())::int`;

/** Whoever is in the middle of registering needs no reminder. */
const isAtIt = sql`exists (select from ${registrations} f where f.invitation_id = ${invitations.id}
  and f.link_number = ${invitations.linkNumber} and f.last_seen_at > now() - interval '1 hour')`;

/** The mail before it was taken by the invitee's mailbox, or may still be. */
const isMailed = sql`${invitations.delivery} in ('sent', 'delivered', 'deferred')`;

/** Reminders run as casetalk_jobs. */
export const reminderRepository = {
  /**
   * Takes every reminder that is due, each exactly once however many workers there are: a unique index lets one in. The
   * link lives on for its whole life from now, and half a day more, so that the next one still finds it open.
   * @returns their ids
   */
  async claimDue(tx: Tx): Promise<string[]> {
    const due = await tx
      .select({
        invitationId: invitations.id,
        linkNumber: invitations.linkNumber,
        number: dueNumber,
        lifeDays: practices.invitationLifeDays,
      })
      .from(invitations)
      .innerJoin(practices, and(eq(practices.id, invitations.practiceId), practices.sendsReminders))
      .innerJoin(cases, and(eq(cases.id, invitations.caseId), eq(cases.status, 'open')))
      .innerJoin(clinicians, and(eq(clinicians.id, invitations.clinicianId), isNull(clinicians.disabledAt)))
      .where(
        and(
          isLive,
          isInTime,
          isMailed,
          isNull(invitations.remindersStoppedAt),
          sql`not ${isAtIt}`,
          sql`${dueNumber} > (select coalesce(max(r.number), 0) from ${invitationReminders} r
            where r.invitation_id = ${invitations.id} and r.link_number = ${invitations.linkNumber})`,
        ),
      );
    const claimed: string[] = [];
    for (const { lifeDays, ...reminder } of due) {
      const [made] = await tx
        .insert(invitationReminders)
        .values({ id: newId(), ...reminder })
        .onConflictDoNothing()
        .returning({ id: invitationReminders.id });
      if (!made) continue;
      claimed.push(made.id);
      await tx
        .update(invitations)
        .set({
          expiresAt: sql`greatest(${invitations.expiresAt}, now() + make_interval(days => ${lifeDays}, hours => 12))`,
        })
        .where(and(eq(invitations.id, reminder.invitationId), isLive, isInTime));
    }
    return claimed;
  },

  /** Sets the secret of a reminder's link. @returns what the mail says; undefined when it is no longer wanted */
  async setLink(tx: Tx, id: string, tokenHash: Buffer) {
    const minted = await tx
      .update(invitationReminders)
      .set({ tokenHash })
      .from(invitations)
      .where(
        and(
          eq(invitationReminders.id, id),
          isNull(invitationReminders.sentAt),
          eq(invitations.id, invitationReminders.invitationId),
          eq(invitations.linkNumber, invitationReminders.linkNumber),
          isNull(invitations.remindersStoppedAt),
          isLive,
          isInTime,
          isMailed,
        ),
      )
      .returning({ invitationId: invitationReminders.invitationId });
    if (!minted[0]) return undefined;
    const [row] = await tx
      .select({
        invitationId: invitations.id,
        caseId: invitations.caseId,
        clinicianId: invitations.clinicianId,
        linkNumber: invitations.linkNumber,
        email: invitations.email,
        language: invitations.language,
        expiresAt: invitations.expiresAt,
        practiceName: practices.name,
        practicePhone: practices.phone,
      })
      .from(invitations)
      .innerJoin(practices, eq(practices.id, invitations.practiceId))
      .where(eq(invitations.id, minted[0].invitationId));
    return row;
  },

  async markSent(tx: Tx, id: string): Promise<void> {
    await tx.update(invitationReminders).set({ sentAt: sql`now()` }).where(eq(invitationReminders.id, id));
  },
};
