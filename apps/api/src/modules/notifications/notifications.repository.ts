import type { Language, Portal } from '@casetalk/contract';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import {
  breakGlassGrants,
  clinicians,
  invitations,
  noticeChoices,
  patients,
  practices,
  talks,
} from '../../db/schema/index.ts';

export interface AccountToTell {
  readonly email: string;
  readonly language: Language;
  readonly practice: { readonly name: string; readonly phone: string } | null;
}

export interface DueNotice {
  readonly talkId: string;
  readonly reader: Portal;
}

/** Runs as casetalk_jobs, which sees when a notice is due and to whom, and never what was said. */
export const notificationRepository = {
  async clinician(tx: Tx, id: string): Promise<AccountToTell | undefined> {
    const [row] = await tx
      .select({ email: clinicians.email, practice: { name: practices.name, phone: practices.phone } })
      .from(clinicians)
      .innerJoin(practices, eq(practices.id, clinicians.practiceId))
      .where(and(eq(clinicians.id, id), isNull(clinicians.disabledAt)));
    return row && { ...row, language: 'en' };
  },

  /** With the practice that the patient joined last. */
  async patient(tx: Tx, id: string): Promise<AccountToTell | undefined> {
    const [row] = await tx
      .select({
        email: patients.email,
        language: patients.language,
        practice: { name: practices.name, phone: practices.phone },
      })
      .from(patients)
      .leftJoin(invitations, eq(invitations.patientId, patients.id))
      .leftJoin(practices, eq(practices.id, invitations.practiceId))
      .where(and(eq(patients.id, id), isNull(patients.disabledAt)))
      .orderBy(desc(invitations.registeredAt))
      .limit(1);
    return row;
  },

  /**
   * Takes every notice that is due, each exactly once however many workers there are. In somebody's quiet hours it stays
   * due until they end.
   */
  async claimDue(tx: Tx): Promise<DueNotice[]> {
    const forClinicians = await tx
      .update(talks)
      .set({ clinicianNoticeDueAt: null })
      .where(
        sql`${talks.clinicianNoticeDueAt} <= now() and not app_is_quiet('clinician', ${talks.clinicianId})`,
      )
      .returning({ talkId: talks.id, unread: talks.clinicianUnread });
    const forPatients = await tx
      .update(talks)
      .set({ patientNoticeDueAt: null })
      .where(sql`${talks.patientNoticeDueAt} <= now() and not app_is_quiet('patient', ${talks.patientId})`)
      .returning({ talkId: talks.id, unread: talks.patientUnread, patientId: talks.patientId });
    return [
      ...forClinicians.filter(({ unread }) => unread > 0).map(({ talkId }) => notice(talkId, 'clinician')),
      ...forPatients
        .filter(({ unread, patientId }) => unread > 0 && patientId !== null)
        .map(({ talkId }) => notice(talkId, 'patient')),
    ];
  },

  /** Whom to tell of an emergency access. */
  async readerOfGrant(tx: Tx, grantId: string, reader: Portal) {
    const [row] = await tx
      .select({
        caseId: talks.caseId,
        clinicianEmail: clinicians.email,
        patientEmail: patients.email,
        language: patients.language,
        practice: { name: practices.name, phone: practices.phone },
      })
      .from(breakGlassGrants)
      .innerJoin(talks, eq(talks.id, breakGlassGrants.talkId))
      .innerJoin(clinicians, eq(clinicians.id, talks.clinicianId))
      .innerJoin(practices, eq(practices.id, clinicians.practiceId))
      .leftJoin(patients, eq(patients.id, talks.patientId))
      .where(
        and(
          eq(breakGlassGrants.id, grantId),
          isNull(reader === 'clinician' ? clinicians.disabledAt : patients.disabledAt),
        ),
      );
    if (!row) return undefined;
    const { caseId, practice } = row;
    if (reader === 'clinician') {
      return { caseId, practice, email: row.clinicianEmail, language: 'en' as const };
    }
    return row.patientEmail === null
      ? undefined
      : { caseId, practice, email: row.patientEmail, language: row.language ?? 'en' };
  },

  /** Whom to tell of a talk, unless it was read in the meantime, or the reader wants to hear nothing. */
  async readerOf(tx: Tx, talkId: string, reader: Portal) {
    const [row] = await tx
      .select({
        clinicianId: talks.clinicianId,
        patientId: talks.patientId,
        clinicianUnread: talks.clinicianUnread,
        patientUnread: talks.patientUnread,
        clinicianEmail: clinicians.email,
        patientEmail: patients.email,
        phone: patients.phone,
        phoneKind: patients.phoneKind,
        channel: noticeChoices.channel,
        language: patients.language,
        practice: { name: practices.name, phone: practices.phone },
      })
      .from(talks)
      .innerJoin(clinicians, eq(clinicians.id, talks.clinicianId))
      .innerJoin(practices, eq(practices.id, clinicians.practiceId))
      .leftJoin(patients, eq(patients.id, talks.patientId))
      .leftJoin(
        noticeChoices,
        and(
          eq(noticeChoices.personKind, reader),
          eq(noticeChoices.personId, reader === 'clinician' ? talks.clinicianId : talks.patientId),
        ),
      )
      .where(
        and(
          eq(talks.id, talkId),
          isNull(reader === 'clinician' ? clinicians.disabledAt : patients.disabledAt),
        ),
      );
    if (!row) return undefined;
    const { practice } = row;
    const channel = row.channel ?? 'email';
    if (channel === 'none') return undefined;
    if (reader === 'clinician') {
      return row.clinicianUnread > 0
        ? { id: row.clinicianId, email: row.clinicianEmail, mobile: null, language: 'en' as const, practice }
        : undefined;
    }
    return row.patientUnread > 0 && row.patientEmail && row.patientId
      ? {
          id: row.patientId,
          email: row.patientEmail,
          /** Where a text goes; null when it is to be an email. */
          mobile: channel === 'text' && row.phoneKind === 'mobile' ? row.phone : null,
          language: row.language ?? 'en',
          practice,
        }
      : undefined;
  },
};

const notice = (talkId: string, reader: Portal): DueNotice => ({ talkId, reader });
