import type { InvitationState, MailDelivery } from '@casetalk/contract';
import { and, eq, sql } from 'drizzle-orm';
import type { Tx, Viewer } from '../../db/database.ts';
import { instantText } from '../../db/instant-text.ts';
import { caseMembers, cases } from '../../db/schema/index.ts';
import { codeTriesUsedUp, latestInvitation } from './my-talk.repository.ts';

export interface CaseRow {
  readonly id: string;
  readonly patientName: string;
  readonly patientBirthDate: string;
  readonly title: string;
  readonly description: string;
  readonly status: 'open' | 'closed';
  readonly version: number;
  readonly isMember: boolean;
  readonly memberCount: number;
  /** RFC 3339 with six decimals. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly talkId: string | null;
  readonly talkJoined: boolean;
  readonly talkUnread: number;
  readonly talkPatientId: string | null;
  readonly invitationState: InvitationState | null;
  readonly delivery: MailDelivery | null;
  readonly triesUsedUp: boolean | null;
  readonly helpRequested: boolean | null;
  readonly overdue: boolean | null;
  readonly doctorTalkUnread: number;
}

export interface NewCase {
  readonly id: string;
  readonly practiceId: string;
  readonly createdBy: string;
  readonly patientName: string;
  readonly patientBirthDate: string;
  readonly title: string;
  readonly description: string;
}

export interface CaseChange {
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly status?: 'open' | 'closed' | undefined;
}

/** Unread messages of a doctor talk are counted up to here: nobody needs to know more, and a long absence stays cheap. */
const doctorTalkCountedUpTo = 100;

export const casesRepository = {
  /**
   * Cases with what the viewer alone may know of them: her own talk and what she has not read. The ids must be of
   * cases that the viewer sees.
   */
  async rows(tx: Tx, viewer: Viewer, caseIds: readonly string[]): Promise<CaseRow[]> {
    if (caseIds.length === 0) return [];
    const { rows } = await tx.execute<CaseRow & Record<string, unknown>>(sql`
      select c.id, c.patient_name as "patientName", c.patient_birth_date::text as "patientBirthDate", c.title,
        c.description, c.status, c.version, ${instantText(sql`c.created_at`)} as "createdAt",
        ${instantText(sql`c.updated_at`)} as "updatedAt",
        exists (select from case_members m where m.case_id = c.id and m.clinician_id = ${viewer.id}) as "isMember",
        (select count(*)::int from case_members m where m.case_id = c.id) as "memberCount",
        t.id as "talkId", t.joined_at is not null as "talkJoined", coalesce(t.clinician_unread, 0) as "talkUnread",
        t.patient_id as "talkPatientId", i.state as "invitationState", i.delivery,
        ${codeTriesUsedUp} as "triesUsedUp", i.help_requested_at is not null as "helpRequested",
        i.expires_at <= now() as "overdue", d.unread as "doctorTalkUnread"
      from unnest(${sql.param(caseIds)}::uuid[]) with ordinality as wanted (id, place)
      join ${cases} c on c.id = wanted.id
      left join talks t on t.case_id = c.id and t.clinician_id = ${viewer.id}
      ${latestInvitation(viewer)}
      left join doctor_talk_read_states r on r.case_id = c.id and r.clinician_id = ${viewer.id}
      left join lateral (
        select count(*)::int as unread from (
          select from doctor_talk_messages
          where case_id = c.id and sender_id <> ${viewer.id}
            and (r.read_up_to is null or (created_at, id) > (r.read_up_to, r.message_id))
          order by created_at desc nulls last, id desc nulls last limit ${doctorTalkCountedUpTo}
        ) newest
      ) d on true
      order by wanted.place`);
    return rows;
  },

  /** How many files everyone on the case can see at present. */
  async attachmentCount(tx: Tx, caseId: string): Promise<number> {
    const { rows } = await tx.execute<{ count: number }>(sql`
      select count(*)::int as count from case_attachments where case_id = ${caseId} and removed_at is null`);
    return rows[0]?.count ?? 0;
  },

  async insert(tx: Tx, row: NewCase): Promise<void> {
    await tx.insert(cases).values(row);
    await tx
      .insert(caseMembers)
      .values({ caseId: row.id, clinicianId: row.createdBy, addedBy: row.createdBy });
  },

  /** @returns false when the case has another version by now */
  async update(tx: Tx, caseId: string, version: number, change: CaseChange): Promise<boolean> {
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    const changed = await tx
      .update(cases)
      .set({ ...given, version: sql`${cases.version} + 1`, updatedAt: sql`now()` })
      .where(and(eq(cases.id, caseId), eq(cases.version, version)))
      .returning({ id: cases.id });
    return changed.length === 1;
  },

  /** Marks a change of who works on the case; no change of the case's own words, so its version stays. */
  async touch(tx: Tx, caseId: string): Promise<void> {
    await tx.update(cases).set({ updatedAt: sql`now()` }).where(eq(cases.id, caseId));
  },

  /**
   * The two people of each talk of a case that a patient has joined, optionally of one clinician: for telling each pair
   * that their talk changed, and for nothing else.
   */
  async joinedTalks(
    tx: Tx,
    caseId: string,
    clinicianId?: string,
  ): Promise<{ talkId: string; clinicianId: string; patientId: string }[]> {
    const { rows } = await tx.execute<{ talkId: string; clinicianId: string; patientId: string }>(sql`
      select talk_id as "talkId", clinician_id as "clinicianId", patient_id as "patientId" from invitations
      where case_id = ${caseId} and state = 'accepted' and patient_id is not null
        ${clinicianId === undefined ? sql`` : sql`and clinician_id = ${clinicianId}`}`);
    return rows;
  },
};
