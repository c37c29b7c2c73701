import type { MailDelivery } from '@casetalk/contract';
import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { clinicians, invitations, patients, practices } from '../../db/schema/index.ts';
import { isInTime, isLive } from './invitations.repository.ts';

const told = {
  invitationId: invitations.id,
  caseId: invitations.caseId,
  clinicianId: invitations.clinicianId,
};

/** Whose portal hears that an invitation changed. */
export interface Told {
  readonly invitationId: string;
  readonly caseId: string;
  readonly clinicianId: string;
}

const sentAt = sql`coalesce(${invitations.sentAt}, now())`;

/** The report of an arrival may be quicker than our own note that the mail left. */
const times = {
  queued: {},
  sent: { sentAt },
  deferred: { sentAt },
  delivered: { sentAt, deliveredAt: sql`now()` },
  bounced: { sentAt, bouncedAt: sql`now()` },
  failed: { bouncedAt: sql`now()` },
  blocked: { sentAt, bouncedAt: sql`now()` },
  spam: { sentAt },
} as const;

/** What jobs and the mail provider's reports do with invitations. */
export const mailingRepository = {
  /**
   * Sets the secret of the newest link.
   * @param hashFor the hash of the link's secret, which belongs to the invited address
   * @returns what the mail says; undefined when the link is no longer wanted
   */
  async setLink(tx: Tx, id: string, linkNumber: number, hashFor: (email: string) => Buffer) {
    const [row] = await tx
      .select({
        email: invitations.email,
        language: invitations.language,
        expiresAt: invitations.expiresAt,
        practiceName: practices.name,
        practicePhone: practices.phone,
        /** The account that sees the invitation in its portal too. */
        patientId: patients.id,
      })
      .from(invitations)
      .innerJoin(practices, eq(practices.id, invitations.practiceId))
      .leftJoin(patients, eq(patients.email, invitations.email))
      .where(eq(invitations.id, id));
    if (!row) return undefined;
    // A corrected address comes with a number of its own: whoever sets this number's secret mails it to this address.
    const set = await tx
      .update(invitations)
      .set({ tokenHash: hashFor(row.email) })
      .where(
        and(
          eq(invitations.id, id),
          eq(invitations.linkNumber, linkNumber),
          eq(invitations.email, row.email),
          eq(invitations.state, 'pending'),
          isInTime,
        ),
      )
      .returning({ id: invitations.id });
    return set.length > 0 ? row : undefined;
  },

  /** Keeps how far the mail with the newest link has come; the word about an older one changes nothing. */
  async setDelivery(
    tx: Tx,
    id: string,
    linkNumber: number,
    delivery: MailDelivery,
    reason: string | null,
  ): Promise<Told | undefined> {
    const [row] = await tx
      .update(invitations)
      .set({ delivery, deliveryReason: reason, ...times[delivery] })
      .where(and(eq(invitations.id, id), eq(invitations.linkNumber, linkNumber)))
      .returning(told);
    return row;
  },

  /** A mail of which nothing was ever heard, and whose job is over. @returns whom to tell, the first time */
  async giveUp(tx: Tx, id: string, linkNumber: number, reason: string): Promise<Told | undefined> {
    const [row] = await tx
      .update(invitations)
      .set({ delivery: 'failed', deliveryReason: reason, ...times.failed })
      .where(
        and(
          eq(invitations.id, id),
          eq(invitations.linkNumber, linkNumber),
          eq(invitations.state, 'pending'),
          eq(invitations.delivery, 'queued'),
        ),
      )
      .returning(told);
    return row;
  },

  /** Marks what is over by time. @returns whom to tell */
  expireAllOverdue: (tx: Tx): Promise<Told[]> =>
    tx
      .update(invitations)
      .set({ state: 'expired', endedAt: sql`${invitations.expiresAt}` })
      .where(and(isLive, sql`${invitations.expiresAt} <= now()`))
      .returning(told),

  /** The clinician to whom a notice about an invitation goes. */
  async inviter(tx: Tx, id: string) {
    const [row] = await tx
      .select({ email: clinicians.email, caseId: invitations.caseId, disabledAt: clinicians.disabledAt })
      .from(invitations)
      .innerJoin(clinicians, eq(clinicians.id, invitations.clinicianId))
      .where(eq(invitations.id, id));
    return row && row.disabledAt === null ? row : undefined;
  },
};
