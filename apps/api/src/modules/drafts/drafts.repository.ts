import type { DraftMark } from '@casetalk/contract';
import { and, eq, sql } from 'drizzle-orm';
import type { Statement, Tx, Viewer } from '../../db/database.ts';
import { instantText } from '../../db/instant-text.ts';
import { drafts } from '../../db/schema/index.ts';

/** Where a draft is: in a talk, or in the doctor talk of a case. The caller has seen that its person sees it. */
export interface DraftSpot {
  /** Whose data key seals it; a talk's or a case's id. */
  readonly ownerId: string;
  readonly ownerKind: 'talk' | 'case';
  readonly caseId: string;
}

export interface SealedDraftRow {
  readonly id: string;
  readonly body: Buffer | null;
  readonly version: number;
  /** RFC 3339 with six decimals. */
  readonly savedAt: string;
}

export interface DraftPlaceRow {
  readonly talkId: string | null;
  readonly caseId: string;
  readonly savedAt: string;
}

const mostPlaces = 200;

const mine = (person: Viewer, ownerId: string) =>
  and(eq(drafts.personId, person.id), eq(drafts.personKind, person.kind), eq(drafts.ownerId, ownerId));

/** Everything here runs inside `db.as(person)`: row-level security shows nobody another's drafts. */
export const draftsRepository = {
  async find(tx: Tx, person: Viewer, ownerId: string): Promise<SealedDraftRow | undefined> {
    const [row] = await tx
      .select({
        id: drafts.id,
        body: drafts.body,
        version: drafts.version,
        savedAt: instantText(drafts.savedAt),
      })
      .from(drafts)
      .where(mine(person, ownerId));
    return row;
  },

  /**
   * Writes over the version that the writer had seen, or over its own last save. A draft that is not there any more is
   * begun again with a later version.
   * @param save the id of this save, and the words sealed for it; null for no words
   * @returns undefined when somebody else has written meanwhile
   */
  async save(
    tx: Tx,
    person: Viewer,
    spot: DraftSpot,
    seen: DraftMark,
    save: { readonly id: string; readonly body: Buffer | null },
  ): Promise<{ version: number; savedAt: string } | undefined> {
    const [row] = await tx
      .insert(drafts)
      .values({
        ...spot,
        ...save,
        personKind: person.kind,
        personId: person.id,
        version: seen.version + 1,
        writer: seen.writer,
      })
      .onConflictDoUpdate({
        target: [drafts.personId, drafts.ownerId],
        set: { ...save, version: sql`${drafts.version} + 1`, writer: seen.writer, savedAt: sql`now()` },
        setWhere: sql`${drafts.version} = ${seen.version} or ${drafts.writer} = ${seen.writer}::uuid`,
      })
      .returning({ version: drafts.version, savedAt: instantText(drafts.savedAt) });
    return row;
  },

  /**
   * Takes the words away, and keeps the row for whoever still means to write over them.
   * @param mark only this draft; left out, whichever there is
   * @returns true when there were words
   */
  async clear(tx: Tx, person: Viewer, ownerId: string, mark?: DraftMark): Promise<boolean> {
    const marked = mark
      ? sql`(${drafts.version} = ${mark.version} or ${drafts.writer} = ${mark.writer}::uuid)`
      : undefined;
    const { rows } = await tx.execute<{ had: boolean }>(sql`
      with before as (select id, body is not null as had from drafts where ${mine(person, ownerId)} for update)
      update drafts set body = null, writer = null, version = version + 1, saved_at = now()
      from before where ${mine(person, ownerId)} and ${marked ?? sql`true`}
      returning before.had`);
    return rows[0]?.had ?? false;
  },

  /** Where the person has words, or files that belong to a draft, in talks and cases that she still sees. */
  async places(tx: Tx, person: Viewer): Promise<DraftPlaceRow[]> {
    const sees = person.kind === 'clinician' ? sql`app_sees_case(d.case_id)` : sql`true`;
    const { rows } = await tx.execute<DraftPlaceRow & Record<string, unknown>>(sql`
      select case d.owner_kind when 'talk' then d.owner_id end as "talkId", d.case_id as "caseId",
        ${instantText(sql`d.saved_at`)} as "savedAt"
      from drafts d
      where d.person_id = ${person.id} and d.person_kind = ${person.kind} and ${sees}
        and (d.body is not null or (d.owner_kind = 'talk' and exists (
          select from attachments a
          where a.talk_id = d.owner_id and a.uploader = ${person.kind} and a.message_id is null)))
      order by d.saved_at desc, d.owner_id limit ${mostPlaces}`);
    return rows;
  },

  /** Forgets what a person has begun on a case: words, rows and all. */
  async forget(tx: Tx, person: Viewer, caseId: string): Promise<void> {
    await tx
      .delete(drafts)
      .where(
        and(eq(drafts.personId, person.id), eq(drafts.personKind, person.kind), eq(drafts.caseId, caseId)),
      );
  },
};

/**
 * The statement that lets a draft go with the message that was written from it, for the pipeline that sends: it does
 * nothing unless that message is there.
 */
export const clearSentDraft = (
  person: Viewer,
  talkId: string,
  messageId: string,
  { version, writer }: DraftMark,
): Statement => ({
  name: 'clear-sent-draft',
  text: `update drafts set body = null, writer = null, version = version + 1, saved_at = now()
    where person_id = $1 and person_kind = $2 and owner_id = $3 and (version = $4 or writer = $5)
      and exists (select from messages m where m.id = $6)`,
  values: [person.id, person.kind, talkId, version, writer, messageId],
});
