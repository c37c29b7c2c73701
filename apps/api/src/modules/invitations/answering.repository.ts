import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { invitationReminders, invitations, patients, practices } from '../../db/schema/index.ts';
import { isInTime, isLive } from './invitations.repository.ts';

/** What every ending of an invitation needs to know afterwards. */
const answered = {
  id: invitations.id,
  caseId: invitations.caseId,
  talkId: invitations.talkId,
  clinicianId: invitations.clinicianId,
  email: invitations.email,
  mobile: invitations.mobile,
  landline: invitations.landline,
};

export interface Answered {
  readonly id: string;
  readonly caseId: string;
  readonly talkId: string;
  readonly clinicianId: string;
  readonly email: string;
  readonly mobile: string | null;
  readonly landline: string | null;
}

/** The invitation that a link leads to: the one in its mail, or in a reminder of that mail. */
const isLedToBy = (tokenHash: Buffer) => sql`${invitations.id} = any(array(
  select i.id from ${invitations} i where i.token_hash = ${tokenHash}
  union all
  select i.id from ${invitationReminders} r
    join ${invitations} i on i.id = r.invitation_id and i.link_number = r.link_number
    where r.token_hash = ${tokenHash}))`;

/** How the invited person answers an invitation. An invitation ends once: every write is conditional on its state. */
export const answeringRepository = {
  /** Of any number of answers at once exactly one gets the row. */
  async accept(
    tx: Tx,
    where: { id: string; email: string; states: 'live' | 'verified' },
  ): Promise<Answered | undefined> {
    const [row] = await tx
      .update(invitations)
      .set({ state: 'accepted', registeredAt: sql`now()`, endedAt: sql`now()` })
      .where(
        and(
          eq(invitations.id, where.id),
          eq(invitations.email, where.email),
          where.states === 'verified' ? eq(invitations.state, 'verified') : isLive,
          isInTime,
        ),
      )
      .returning(answered);
    return row;
  },

  /** Keeps whose account accepted, and who gave the number that was verified. */
  async setPatient(tx: Tx, id: string, patientId: string, assurance: 'clinic' | 'invitee'): Promise<void> {
    await tx.update(invitations).set({ patientId, assurance }).where(eq(invitations.id, id));
  },

  /** @param email when given, only an invitation to this address */
  async decline(tx: Tx, id: string, email?: string): Promise<Answered | undefined> {
    const [row] = await tx
      .update(invitations)
      .set({ state: 'declined', endedAt: sql`now()` })
      .where(
        and(
          eq(invitations.id, id),
          email === undefined ? undefined : eq(invitations.email, email),
          isLive,
          isInTime,
        ),
      )
      .returning(answered);
    return row;
  },

  async patient(tx: Tx, patientId: string) {
    const [row] = await tx
      .select({ email: patients.email, phone: patients.phone })
      .from(patients)
      .where(eq(patients.id, patientId));
    return row;
  },

  /** Whether an invitation went to this address at all, whatever became of it. */
  async wasFor(tx: Tx, id: string, email: string): Promise<boolean> {
    const [row] = await tx
      .select({ id: invitations.id })
      .from(invitations)
      .where(and(eq(invitations.id, id), eq(invitations.email, email)));
    return row !== undefined;
  },

  /** By the hash of a link's secret: what may be known of it. */
  async byToken(tx: Tx, tokenHash: Buffer) {
    const [row] = await tx
      .select({
        id: invitations.id,
        caseId: invitations.caseId,
        clinicianId: invitations.clinicianId,
        email: invitations.email,
        language: invitations.language,
        linkNumber: invitations.linkNumber,
        state: invitations.state,
        expiresAt: invitations.expiresAt,
        overdue: sql<boolean>`${invitations.expiresAt} <= now()`,
        practice: { name: practices.name, phone: practices.phone },
        lifeDays: practices.invitationLifeDays,
      })
      .from(invitations)
      .innerJoin(practices, eq(practices.id, invitations.practiceId))
      .where(isLedToBy(tokenHash));
    return row;
  },

  async markOpened(tx: Tx, id: string): Promise<void> {
    await tx
      .update(invitations)
      .set({ state: 'opened', openedAt: sql`now()` })
      .where(and(eq(invitations.id, id), eq(invitations.state, 'pending'), isInTime));
  },

  /** @returns what ended; undefined when the link was over or unknown */
  async report(tx: Tx, tokenHash: Buffer): Promise<Answered | undefined> {
    const [row] = await tx
      .update(invitations)
      .set({ state: 'reported', endedAt: sql`now()` })
      .where(and(isLedToBy(tokenHash), isLive))
      .returning(answered);
    return row;
  },

  /**
   * A new link to the same address, asked for by its holder: a new clock, but no new tries for the code.
   * @returns the number of the new link
   */
  async renew(tx: Tx, id: string, lifeDays: number): Promise<number | undefined> {
    const [row] = await tx
      .update(invitations)
      .set({
        state: 'pending',
        linkNumber: sql`${invitations.linkNumber} + 1`,
        tokenHash: null,
        delivery: 'queued',
        deliveryReason: null,
        sentAt: null,
        deliveredAt: null,
        bouncedAt: null,
        endedAt: null,
        expiresAt: sql`now() + make_interval(days => ${lifeDays})`,
      })
      .where(
        and(
          eq(invitations.id, id),
          sql`(${invitations.state} in ('pending', 'expired') or (${isLive} and ${invitations.expiresAt} <= now()))`,
          // Whom its clinician invited since, whatever became of it, is the one who was meant.
          sql`not exists (select from ${invitations} as newer where newer.case_id = ${invitations.caseId}
            and newer.clinician_id = ${invitations.clinicianId} and newer.created_at > ${invitations.createdAt})`,
        ),
      )
      .returning({ linkNumber: invitations.linkNumber });
    return row?.linkNumber;
  },
};
