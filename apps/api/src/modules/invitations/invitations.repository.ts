import type { Language } from '@casetalk/contract';
import { and, desc, eq, getTableColumns, gt, inArray, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import {
  cases,
  clinicians,
  invitationReminders,
  invitations,
  patients,
  practices,
  talkReadStates,
  talks,
} from '../../db/schema/index.ts';
import { liveStates, reissuableStates } from './invitations.rules.ts';

const { tokenHash: _never, ...columns } = getTableColumns(invitations);

const row = {
  ...columns,
  overdue: sql<boolean>`${invitations.expiresAt} <= now()`,
  joined: sql<boolean>`${talks.patientId} is not null`,
  caseOpen: sql<boolean>`${cases.status} = 'open'`,
  firstReadAt: talkReadStates.firstReadAt,
  reminders: sql<number>`(select coalesce(max(r.number), 0) from ${invitationReminders} r
    where r.invitation_id = ${invitations.id} and r.link_number = ${invitations.linkNumber})`,
  lastReminderAt: sql`(select max(r.sent_at) from ${invitationReminders} r
    where r.invitation_id = ${invitations.id} and r.link_number = ${invitations.linkNumber})`.mapWith(
    invitations.sentAt,
  ) as SQL<Date | null>,
  remindersOff: sql<boolean>`(${invitations.remindersStoppedAt} is not null or not ${practices.sendsReminders})`,
};

/** The numbers and the language that an invitation goes to. */
export interface Addressee {
  readonly email: string;
  readonly mobile: string | null;
  readonly landline: string | null;
  readonly language: Language;
}

export type ReceivedRow = Awaited<ReturnType<typeof invitationRepository.listReceived>>[number];

export const isLive = inArray(invitations.state, [...liveStates]);
export const isInTime = gt(invitations.expiresAt, sql`now()`);
const lifeFromNow = (days: number) => sql`now() + make_interval(days => ${days})`;

/** Reads run inside `db.as(clinician)`: talks and read marks are visible there alone, and the case must be too. */
const own = (tx: Tx, clinicianId: string, which: ReturnType<typeof eq>) =>
  tx
    .select(row)
    .from(invitations)
    .innerJoin(talks, eq(talks.id, invitations.talkId))
    .innerJoin(cases, eq(cases.id, invitations.caseId))
    .innerJoin(practices, eq(practices.id, invitations.practiceId))
    .leftJoin(
      talkReadStates,
      and(
        eq(talkReadStates.talkId, invitations.talkId),
        eq(talkReadStates.reader, 'patient'),
        // Another patient's invitation never shows when this one began to read.
        eq(talkReadStates.patientId, invitations.patientId),
      ),
    )
    .where(and(which, eq(invitations.clinicianId, clinicianId), sql`app_sees_case(${invitations.caseId})`));

export type InvitationRow = Awaited<ReturnType<typeof own>>[number];

export const invitationRepository = {
  listOwn: (tx: Tx, clinicianId: string, caseId: string) =>
    own(tx, clinicianId, eq(invitations.caseId, caseId)).orderBy(
      desc(invitations.createdAt),
      desc(invitations.id),
    ),

  async findOwn(tx: Tx, clinicianId: string, id: string): Promise<InvitationRow | undefined> {
    const [found] = await own(tx, clinicianId, eq(invitations.id, id));
    return found;
  },

  /** Whether the clinician for whom the transaction acts sees the case. */
  async seesCase(tx: Tx, caseId: string): Promise<boolean> {
    const [found] = await tx
      .select({ id: cases.id })
      .from(cases)
      .where(and(eq(cases.id, caseId), sql`app_sees_case(${cases.id})`));
    return found !== undefined;
  },

  /** Nobody writes in a closed case. */
  async isClosed(tx: Tx, caseId: string): Promise<boolean> {
    const [found] = await tx
      .select({ id: cases.id })
      .from(cases)
      .where(and(eq(cases.id, caseId), eq(cases.status, 'closed')));
    return found !== undefined;
  },

  async practice(tx: Tx, practiceId: string) {
    const [found] = await tx.select().from(practices).where(eq(practices.id, practiceId));
    return found;
  },

  async create(
    tx: Tx,
    values: Addressee & {
      id: string;
      caseId: string;
      talkId: string;
      clinicianId: string;
      practiceId: string;
      lifeDays: number;
    },
  ): Promise<void> {
    const { lifeDays, ...rest } = values;
    await tx.insert(invitations).values({ ...rest, expiresAt: lifeFromNow(lifeDays) });
  },

  /** Marks an invitation that is over by time, so that it makes room for the next one. */
  async expireOverdue(tx: Tx, clinicianId: string, caseId: string): Promise<void> {
    await tx
      .update(invitations)
      .set({ state: 'expired', endedAt: invitations.expiresAt })
      .where(
        and(
          eq(invitations.clinicianId, clinicianId),
          eq(invitations.caseId, caseId),
          isLive,
          sql`${invitations.expiresAt} <= now()`,
        ),
      );
  },

  /**
   * Sends it out again: a new link that kills the old one, a new clock, and, since the clinician asks for it deliberately, new
   * tries for the code.
   * @returns the number of the new link; undefined when its state allows no more
   */
  async reissue(
    tx: Tx,
    clinicianId: string,
    id: string,
    change: Partial<Addressee> & { lifeDays: number; newPerson: boolean },
  ): Promise<number | undefined> {
    const { lifeDays, newPerson, ...addressee } = change;
    const [reissued] = await tx
      .update(invitations)
      .set({
        ...addressee,
        state: 'pending',
        linkNumber: sql`${invitations.linkNumber} + 1`,
        tokenHash: null,
        delivery: 'queued',
        deliveryReason: null,
        sentAt: null,
        deliveredAt: null,
        bouncedAt: null,
        openedAt: null,
        codeSentAt: null,
        codeFailedAt: null,
        codeFailure: null,
        verifiedAt: null,
        endedAt: null,
        helpRequestedAt: null,
        codeTriesUsed: 0,
        codeSends: 0,
        codeLockedUntil: null,
        expiresAt: lifeFromNow(lifeDays),
        ...(newPerson ? { termsAcceptedAt: null, remindersStoppedAt: null } : {}),
      })
      .where(
        and(
          eq(invitations.id, id),
          eq(invitations.clinicianId, clinicianId),
          inArray(invitations.state, [...reissuableStates]),
        ),
      )
      .returning({ linkNumber: invitations.linkNumber });
    return reissued?.linkNumber;
  },

  /** @returns false when it has ended already */
  async revoke(tx: Tx, clinicianId: string, id: string): Promise<boolean> {
    const revoked = await tx
      .update(invitations)
      .set({ state: 'revoked', endedAt: sql`now()` })
      .where(and(eq(invitations.id, id), eq(invitations.clinicianId, clinicianId), isLive, isInTime))
      .returning({ id: invitations.id });
    return revoked.length > 0;
  },

  /** Ends what waits of a clinician on a case that she no longer sees. @returns those that ended */
  async revokeAll(tx: Tx, caseId: string, clinicianId: string) {
    return tx
      .update(invitations)
      .set({ state: 'revoked', endedAt: sql`now()` })
      .where(and(eq(invitations.caseId, caseId), eq(invitations.clinicianId, clinicianId), isLive))
      .returning({
        id: invitations.id,
        caseId: invitations.caseId,
        talkId: invitations.talkId,
        email: invitations.email,
      });
  },

  /** The accounts, one or none, that see this invitation in their portal. */
  async accountsOf(tx: Tx, email: string): Promise<string[]> {
    const found = await tx.select({ id: patients.id }).from(patients).where(eq(patients.email, email));
    return found.map(({ id }) => id);
  },

  listReceived: (tx: Tx, patientId: string) =>
    tx
      .select({
        id: invitations.id,
        clinicianName: clinicians.name,
        clinicianJobTitle: clinicians.jobTitle,
        practiceName: practices.name,
        practicePhone: practices.phone,
        createdAt: invitations.createdAt,
        expiresAt: invitations.expiresAt,
      })
      .from(invitations)
      .innerJoin(patients, and(eq(patients.email, invitations.email), eq(patients.id, patientId)))
      .innerJoin(clinicians, eq(clinicians.id, invitations.clinicianId))
      .innerJoin(practices, eq(practices.id, invitations.practiceId))
      .where(and(isLive, isInTime))
      .orderBy(desc(invitations.createdAt), desc(invitations.id)),
};
