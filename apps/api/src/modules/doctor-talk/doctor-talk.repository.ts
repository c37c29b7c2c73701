import { and, eq, sql } from 'drizzle-orm';
import type { Place } from '../../db/cursor.ts';
import type { Tx, Viewer } from '../../db/database.ts';
import { instantText } from '../../db/instant-text.ts';
import {
  cases,
  clinicians,
  doctorTalkMessages as messages,
  doctorTalkReadStates as readStates,
  practices,
} from '../../db/schema/index.ts';

/** As the database keeps it. */
export interface SealedDoctorTalkMessageRow {
  readonly id: string;
  readonly caseId: string;
  readonly senderId: string;
  readonly senderName: string;
  readonly jobTitle: string;
  readonly practiceName: string;
  readonly body: Buffer;
  /** RFC 3339 with six decimals. */
  readonly createdAt: string;
}

/** The same, opened. */
export type DoctorTalkMessageRow = Omit<SealedDoctorTalkMessageRow, 'body'> & { readonly text: string };

export interface NewDoctorTalkMessage {
  readonly id: string;
  readonly caseId: string;
  readonly senderId: string;
  readonly body: Buffer;
  readonly sendKey: string;
}

const select = (tx: Tx) =>
  tx
    .select({
      id: messages.id,
      caseId: messages.caseId,
      senderId: messages.senderId,
      senderName: clinicians.name,
      jobTitle: clinicians.jobTitle,
      practiceName: practices.name,
      body: messages.body,
      createdAt: instantText(messages.createdAt),
    })
    .from(messages)
    .innerJoin(clinicians, eq(clinicians.id, messages.senderId))
    .innerJoin(practices, eq(practices.id, clinicians.practiceId));

/** Everything here runs inside `db.as(clinician)`, for a case that she has been seen to see. */
export const doctorTalkRepository = {
  async page(tx: Tx, caseId: string, limit: number, after?: Place): Promise<SealedDoctorTalkMessageRow[]> {
    const further = after
      ? sql`(${messages.createdAt}, ${messages.id}) < (${after.at}::timestamptz, ${after.id}::uuid)`
      : undefined;
    return select(tx)
      .where(and(eq(messages.caseId, caseId), further))
      .orderBy(sql`${messages.createdAt} desc nulls last`, sql`${messages.id} desc nulls last`)
      .limit(limit);
  },

  /**
   * Writes a message once for each key. Messages of one case follow each other on the case's row, so that their instants
   * never run backwards and no mark can pass a message that is not there yet.
   * @returns false when the sender had written with this key before
   */
  async insert(tx: Tx, message: NewDoctorTalkMessage): Promise<boolean> {
    await tx.select({ id: cases.id }).from(cases).where(eq(cases.id, message.caseId)).for('no key update');
    const written = await tx
      .insert(messages)
      .values({ ...message, createdAt: sql`clock_timestamp()` })
      .onConflictDoNothing({ target: [messages.caseId, messages.senderId, messages.sendKey] })
      .returning({ id: messages.id });
    return written.length === 1;
  },

  async bySendKey(
    tx: Tx,
    { caseId, senderId, sendKey }: Omit<NewDoctorTalkMessage, 'id' | 'body'>,
  ): Promise<SealedDoctorTalkMessageRow | undefined> {
    const [row] = await select(tx).where(
      and(eq(messages.caseId, caseId), eq(messages.senderId, senderId), eq(messages.sendKey, sendKey)),
    );
    return row;
  },

  async exists(tx: Tx, caseId: string, messageId: string): Promise<boolean> {
    const [row] = await tx
      .select({ id: messages.id })
      .from(messages)
      .where(and(eq(messages.id, messageId), eq(messages.caseId, caseId)));
    return row !== undefined;
  },

  /** Moves the reader's mark forward, never back. @returns true when it moved */
  async mark(tx: Tx, reader: Viewer, caseId: string, messageId: string): Promise<boolean> {
    const moved = await tx.execute(sql`
      insert into ${readStates} as old (case_id, clinician_id, message_id, read_up_to)
      select m.case_id, ${reader.id}::uuid, m.id, m.created_at from ${messages} m
      where m.id = ${messageId} and m.case_id = ${caseId}
      on conflict (case_id, clinician_id) do update
        set message_id = excluded.message_id, read_up_to = excluded.read_up_to, read_at = now()
        where (old.read_up_to, old.message_id) < (excluded.read_up_to, excluded.message_id)
      returning old.case_id`);
    return moved.rows.length === 1;
  },

  /** How many messages of others lie behind the reader's mark, and where it stands. */
  async standing(
    tx: Tx,
    reader: Viewer,
    caseId: string,
  ): Promise<{ unread: number; readUpTo: string | null }> {
    const { rows } = await tx.execute<{ unread: number; readUpTo: string | null }>(sql`
      with mark as (
        select read_up_to, message_id from ${readStates} where case_id = ${caseId} and clinician_id = ${reader.id}
      )
      select (select ${instantText(sql`read_up_to`)} from mark) as "readUpTo", count(*)::int as unread
      from ${messages} m
      where m.case_id = ${caseId} and m.sender_id <> ${reader.id}
        and (m.created_at, m.id) >
          (coalesce((select read_up_to from mark), '-infinity'), (select message_id from mark))`);
    return rows[0] ?? { unread: 0, readUpTo: null };
  },
};
