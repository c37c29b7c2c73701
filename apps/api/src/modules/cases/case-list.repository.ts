import type { MyTalkState } from '@casetalk/contract';
import { type SQL, sql } from 'drizzle-orm';
import type { Tx, Viewer } from '../../db/database.ts';
import { instantText } from '../../db/instant-text.ts';
import { cases } from '../../db/schema/index.ts';
import { codeTriesUsedUp, latestInvitation } from './my-talk.repository.ts';
import { failedDeliveries, liveStates, unhappyEnds } from './cases.rules.ts';

export interface CaseListQuery {
  readonly limit: number;
  /** The viewer is a case manager: the cases of her practice's doctors are hers to see too. */
  readonly manages: boolean;
  readonly search?: string | undefined;
  readonly status?: 'open' | 'closed' | undefined;
  readonly talk?: MyTalkState | undefined;
  readonly unread?: boolean | undefined;
  readonly sort: 'updated' | 'patient' | 'title';
  readonly direction: 'ascending' | 'descending';
  /** The sort key and id of the last case of the page before. */
  readonly after?: { readonly key: string; readonly id: string } | undefined;
}

export interface CaseListPage {
  readonly rows: readonly { readonly id: string; readonly key: string }[];
  readonly total: number;
}

/** What the list is sorted by: as it is compared, as it stands in a cursor, and how the cursor's text is read back. */
const sortKeys: Record<CaseListQuery['sort'], { key: SQL; text: SQL<string>; read: (key: string) => SQL }> = {
  updated: {
    key: sql`c.updated_at`,
    text: instantText(sql`key`),
    read: (key) => sql`${key}::timestamptz`,
  },
  patient: { key: sql`lower(c.patient_name)`, text: sql`key`, read: (key) => sql`${key}::text` },
  title: { key: sql`lower(c.title)`, text: sql`key`, read: (key) => sql`${key}::text` },
};

/** The rule of cases.rules.ts in SQL, over `t` (my talk) and `i` (my latest invitation). */
const talkState = sql`case
    when t.joined_at is not null then 'active'
    when i.state is null then 'notInvited'
    when i.state in ${unhappyEnds} then 'needsAttention'
    when i.state = 'accepted' then 'active'
    when i.state not in ${liveStates} then 'notInvited'
    when i.expires_at <= now() or ${codeTriesUsedUp} or i.help_requested_at is not null
      or i.delivery in ${failedDeliveries} then 'needsAttention'
    else 'invited'
  end`;

const unreadDoctorTalk = (viewer: Viewer): SQL => sql`exists (
    select from doctor_talk_messages d
    left join doctor_talk_read_states r on r.case_id = d.case_id and r.clinician_id = ${viewer.id}
    where d.case_id = c.id and d.sender_id <> ${viewer.id}
      and (r.read_up_to is null or (d.created_at, d.id) > (r.read_up_to, r.message_id)))`;

const containing = (search: string): string => `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;

const managed = (viewer: Viewer): SQL => sql`union
      select m.case_id from clinicians manager
      join clinicians doctor on doctor.practice_id = manager.practice_id and doctor.role = 'doctor'
      join case_members m on m.clinician_id = doctor.id
      where manager.id = ${viewer.id} and manager.role = 'caseManager'`;

/**
 * The ids of a page of the cases that a clinician sees, and how many match in all. Starts from the clinician's own side
 * (memberships; for a case manager the memberships of the practice's doctors), never from all cases.
 */
export async function listCaseIds(tx: Tx, viewer: Viewer, query: CaseListQuery): Promise<CaseListPage> {
  const { key, text, read } = sortKeys[query.sort];
  const conditions = [
    query.status && sql`c.status = ${query.status}`,
    query.search &&
      sql`(c.patient_name ilike ${containing(query.search)} or c.title ilike ${containing(query.search)})`,
    query.talk && sql`${talkState} = ${query.talk}`,
    query.unread && sql`(coalesce(t.clinician_unread, 0) > 0 or ${unreadDoctorTalk(viewer)})`,
  ].filter((condition) => condition !== undefined && condition !== false && condition !== '');
  const order = query.direction === 'descending' ? sql`desc` : sql`asc`;
  const further = query.direction === 'descending' ? sql`<` : sql`>`;
  const after = query.after
    ? sql`where (key, id) ${further} (${read(query.after.key)}, ${query.after.id}::uuid)`
    : sql``;
  const { rows } = await tx.execute<{ total: number; id: string | null; key: string }>(sql`
    with mine as (
      select m.case_id from case_members m where m.clinician_id = ${viewer.id}
      ${query.manages ? managed(viewer) : sql``}
    ), matching as (
      select c.id, ${key} as key
      from mine join ${cases} c on c.id = mine.case_id
      left join talks t on t.case_id = c.id and t.clinician_id = ${viewer.id}
      ${query.talk ? latestInvitation(viewer) : sql``}
      ${conditions.length > 0 ? sql`where ${sql.join(conditions, sql` and `)}` : sql``}
    )
    select n.total, page.id, ${text} as key
    from (select count(*)::int as total from matching) n
    left join (
      select id, key from matching ${after} order by key ${order}, id ${order} limit ${query.limit + 1}
    ) page on true
    order by page.key ${order}, page.id ${order}`);
  return {
    total: rows[0]?.total ?? 0,
    rows: rows.flatMap(({ id, key }) => (id === null ? [] : [{ id, key }])),
  };
}
