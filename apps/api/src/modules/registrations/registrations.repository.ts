import type { PhoneKind } from '@casetalk/contract';
import { and, eq, gt, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { cases, invitations, patients, practices, registrations } from '../../db/schema/index.ts';
import { flowLife } from './registrations.rules.ts';

/** A flow lives while its browser does, its link is the newest one, and the invitation waits. */
const isAlive = and(
  isNull(registrations.endedAt),
  gt(registrations.expiresAt, sql`now()`),
  gt(registrations.lastSeenAt, sql`now() - make_interval(secs => ${flowLife.idle})`),
  sql`exists (select from ${invitations} where ${invitations.id} = ${registrations.invitationId}
    and ${invitations.linkNumber} = ${registrations.linkNumber}
    and ${invitations.state} in ('opened', 'verified') and ${invitations.expiresAt} > now())`,
);

export type RegistrationFacts = NonNullable<Awaited<ReturnType<typeof registrationRepository.find>>>;

export const registrationRepository = {
  async create(
    tx: Tx,
    flow: { id: string; invitationId: string; linkNumber: number; flowHash: Buffer },
  ): Promise<void> {
    await tx
      .insert(registrations)
      .values({ ...flow, expiresAt: sql`now() + make_interval(secs => ${flowLife.total})` });
  },

  /** Finds a live flow by its cookie, and counts the request as a sign of life. */
  async touch(tx: Tx, flowHash: Buffer): Promise<{ id: string; invitationId: string } | undefined> {
    const [row] = await tx
      .update(registrations)
      .set({ lastSeenAt: sql`now()` })
      .where(and(eq(registrations.flowHash, flowHash), isAlive))
      .returning({ id: registrations.id, invitationId: registrations.invitationId });
    return row;
  },

  async find(tx: Tx, id: string) {
    const [row] = await tx
      .select({
        id: registrations.id,
        enteredPhone: registrations.enteredPhone,
        enteredPhoneKind: registrations.enteredPhoneKind,
        verifiedAt: registrations.verifiedAt,
        endedAt: registrations.endedAt,
        endsAt:
          sql<Date>`least(${registrations.expiresAt}, ${registrations.lastSeenAt} + make_interval(secs => ${flowLife.idle}))`.mapWith(
            registrations.expiresAt,
          ),
        invitationId: invitations.id,
        caseId: invitations.caseId,
        talkId: invitations.talkId,
        clinicianId: invitations.clinicianId,
        email: invitations.email,
        mobile: invitations.mobile,
        landline: invitations.landline,
        language: invitations.language,
        practice: { name: practices.name, phone: practices.phone },
        patientName: cases.patientName,
      })
      .from(registrations)
      .innerJoin(invitations, eq(invitations.id, registrations.invitationId))
      .innerJoin(practices, eq(practices.id, invitations.practiceId))
      .innerJoin(cases, eq(cases.id, invitations.caseId))
      .where(eq(registrations.id, id));
    return row;
  },

  async hasAccount(tx: Tx, email: string): Promise<boolean> {
    const [row] = await tx.select({ id: patients.id }).from(patients).where(eq(patients.email, email));
    return row !== undefined;
  },

  async emailOf(tx: Tx, patientId: string): Promise<string | undefined> {
    const [row] = await tx.select({ email: patients.email }).from(patients).where(eq(patients.id, patientId));
    return row?.email;
  },

  /** @returns false once the number is proved */
  async enterPhone(tx: Tx, id: string, phone: string, kind: PhoneKind): Promise<boolean> {
    const changed = await tx
      .update(registrations)
      .set({ enteredPhone: phone, enteredPhoneKind: kind })
      .where(and(eq(registrations.id, id), isNull(registrations.verifiedAt), isAlive))
      .returning({ id: registrations.id });
    return changed.length > 0;
  },

  async markVerified(
    tx: Tx,
    { id, invitationId }: { id: string; invitationId: string },
    number: { phone: string; phoneKind: PhoneKind },
    assurance: 'clinic' | 'invitee',
  ): Promise<boolean> {
    const proved = await tx
      .update(registrations)
      .set({ verifiedAt: sql`now()`, verifiedPhone: number.phone, verifiedPhoneKind: number.phoneKind })
      .where(and(eq(registrations.id, id), isNull(registrations.verifiedAt), isAlive))
      .returning({ id: registrations.id });
    if (proved.length === 0) return false;
    const moved = await tx
      .update(invitations)
      .set({ state: 'verified', assurance, verifiedAt: sql`coalesce(${invitations.verifiedAt}, now())` })
      .where(and(eq(invitations.id, invitationId), inArray(invitations.state, ['opened', 'verified'])))
      .returning({ id: invitations.id });
    return moved.length > 0;
  },

  /** @returns false when this browser has proved no number; the caller then rolls back */
  async markTermsAccepted(tx: Tx, id: string, invitationId: string, version: string): Promise<boolean> {
    await tx.update(invitations).set({ termsAcceptedAt: sql`now()` }).where(eq(invitations.id, invitationId));
    const accepted = await tx
      .update(registrations)
      .set({ termsVersion: version })
      .where(and(eq(registrations.id, id), isNotNull(registrations.verifiedAt), isAlive))
      .returning({ id: registrations.id });
    return accepted.length > 0;
  },

  /** @returns true the first time */
  async askForHelp(tx: Tx, invitationId: string): Promise<boolean> {
    const asked = await tx
      .update(invitations)
      .set({ helpRequestedAt: sql`now()` })
      .where(and(eq(invitations.id, invitationId), isNull(invitations.helpRequestedAt)))
      .returning({ id: invitations.id });
    return asked.length > 0;
  },

  /** Ends a proved flow of an invitation that was just accepted. @returns the proved number */
  async finish(tx: Tx, id: string): Promise<{ phone: string; phoneKind: PhoneKind } | undefined> {
    const [row] = await tx
      .update(registrations)
      .set({ endedAt: sql`now()` })
      .where(
        and(eq(registrations.id, id), isNotNull(registrations.verifiedAt), isNull(registrations.endedAt)),
      )
      .returning({ phone: registrations.verifiedPhone, phoneKind: registrations.verifiedPhoneKind });
    return row?.phone && row.phoneKind ? { phone: row.phone, phoneKind: row.phoneKind } : undefined;
  },

  async end(tx: Tx, id: string): Promise<void> {
    await tx.update(registrations).set({ endedAt: sql`now()` }).where(eq(registrations.id, id));
  },

  async createPatient(tx: Tx, patient: typeof patients.$inferInsert): Promise<void> {
    await tx.insert(patients).values(patient);
  },
};
