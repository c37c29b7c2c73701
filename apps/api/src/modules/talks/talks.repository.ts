import type { Portal } from '@casetalk/contract';
import type { Origin } from '../../actors.ts';
import type { Database, Statement, Viewer } from '../../db/database.ts';
import { instantTextOf } from '../../db/instant-text.ts';
import { newId } from '../../db/new-id.ts';
import type { DataKeys } from '../../vault/data-keys.ts';
import { type OpenedTo, openedTo } from '../break-glass/index.ts';
import { auditing, clinicianSeesCase, isVisible, isVisibleInList, otherSide } from './talk-sides.ts';

/** A talk as one of its two people sees it. Instants are RFC 3339 with six decimals. */
export interface TalkRow {
  readonly id: string;
  readonly caseId: string;
  readonly caseTitle: string;
  readonly caseOpen: boolean;
  readonly clinicianId: string;
  readonly clinicianName: string;
  readonly clinicianSeesCase: boolean;
  readonly jobTitle: string;
  readonly practiceName: string;
  readonly practicePhone: string;
  readonly replyTime: string;
  readonly patientId: string | null;
  readonly patientName: string;
  readonly joined: boolean;
  readonly assurance: 'clinic' | 'invitee' | null;
  readonly unread: number;
  readonly lastMessageAt: string | null;
  readonly lastSender: Portal | null;
  readonly excerpt: string | null;
  readonly lastFileCount: number | null;
  readonly myReadUpTo: string | null;
  readonly otherReadUpTo: string | null;
  readonly createdAt: string;
  /** Administrators who may read it now, in an emergency. */
  readonly openedTo: readonly OpenedTo[];
}

/** The same as the database keeps it: the latest message whole and sealed. */
type SealedTalkRow = Omit<TalkRow, 'excerpt'> & {
  readonly lastMessageId: string | null;
  readonly lastBody: Buffer | null;
};

export interface TalkFilter {
  readonly limit: number;
  readonly caseId?: string | undefined;
  readonly search?: string | undefined;
  readonly unread?: boolean | undefined;
  /** The last talk of the page before; `at` is null for one without a message. */
  readonly after?: { readonly at: string | null; readonly id: string } | undefined;
}

const excerptLength = 140;

/** The clinician reads the name in the case's record, patients their own; each sees the practice's words in their language. */
const columns = (side: Portal): string => `t.id, t.case_id as "caseId", c.title as "caseTitle",
    c.status = 'open' as "caseOpen", t.clinician_id as "clinicianId", clinician.name as "clinicianName",
    ${side === 'clinician' ? 'true' : clinicianSeesCase} as "clinicianSeesCase", clinician.job_title as "jobTitle",
    practice.name as "practiceName", practice.phone as "practicePhone",
    practice.reply_time ->> ${side === 'clinician' ? `'en'` : 'patient.language::text'} as "replyTime",
    t.patient_id as "patientId", ${side === 'clinician' ? 'c.patient_name' : 'patient.name'} as "patientName",
    t.joined_at is not null as joined, t.assurance, t.${side}_unread as unread,
    ${instantTextOf('t.last_message_at')} as "lastMessageAt", latest.sender as "lastSender",
    latest.id as "lastMessageId", latest.body as "lastBody", latest.file_count as "lastFileCount",
    ${instantTextOf('mine.read_up_to')} as "myReadUpTo", ${instantTextOf('theirs.read_up_to')} as "otherReadUpTo",
    ${instantTextOf('t.created_at')} as "createdAt", ${openedTo('t.id')} as "openedTo"`;

const people = `join cases c on c.id = t.case_id
    join clinicians clinician on clinician.id = t.clinician_id
    join practices practice on practice.id = clinician.practice_id
    left join patients patient on patient.id = t.patient_id`;

const newestAndMarks = (side: Portal): string => `left join messages latest on latest.id = t.last_message_id
    left join talk_read_states mine on mine.talk_id = t.id and mine.reader = '${side}'
    left join talk_read_states theirs on theirs.talk_id = t.id and theirs.reader = '${otherSide(side)}'`;

const newestFirst = 'order by t.last_message_at desc nulls last, t.id';
const matches = (column: string, parameter: string): string => `${column} ilike ${parameter}`;

/**
 * Each combination of filters is a statement of its own, so that none pays for what it does not ask. `given` is never run:
 * it tells PostgreSQL the types of the parameters that a combination leaves unused.
 */
function listing(side: Portal, filter: TalkFilter): Statement['text'] {
  const { caseId, search, unread, after } = filter;
  const conditions = [isVisibleInList(side, '$1')];
  if (caseId !== undefined) conditions.push('t.case_id = $3');
  if (unread === true) conditions.push(`t.${side}_unread > 0`);
  if (search !== undefined) {
    const found = ['clinician.name', 'practice.name', 'c.title', 'c.patient_name'];
    conditions.push(`(${found.map((column) => matches(column, '$4')).join(' or ')})`);
  }
  if (after?.at === null) conditions.push('t.last_message_at is null and t.id > $6::uuid');
  else if (after) {
    conditions.push(`(t.last_message_at < $5::timestamptz or t.last_message_at is null
      or (t.last_message_at = $5::timestamptz and t.id > $6::uuid))`);
  }
  return `with given as (select $3::uuid, $4::text, $5::timestamptz, $6::uuid), page as (
      select t.* from talks t ${search === undefined ? '' : people}
      where ${conditions.join(' and ')} ${newestFirst} limit $2)
    select ${columns(side)} from page t ${people} ${newestAndMarks(side)} ${newestFirst}`;
}

const listingName = (side: Portal, { caseId, search, unread, after }: TalkFilter): string =>
  [
    `list-talks-${side}`,
    caseId === undefined ? '' : 'case',
    search === undefined ? '' : 'search',
    unread === true ? 'unread' : '',
    after ? (after.at === null ? 'after-null' : 'after') : '',
  ]
    .filter((part) => part !== '')
    .join('-');

const totalling = (side: Portal): Pick<Statement, 'name' | 'text'> => ({
  name: `talk-totals-${side}`,
  text: `with audit as (
      insert into audit_events (id, actor_kind, actor_id, action, resource_type, ip, request_id)
      values ($2, '${side}', $1, 'talk.listed', 'talk', $3, $4))
    select coalesce(sum(t.${side}_unread), 0)::int as "unreadTotal" from talks t
    where t.${side}_unread > 0 and ${isVisibleInList(side, '$1')}`,
});

const reading = (side: Portal): Pick<Statement, 'name' | 'text'> => ({
  name: `get-talk-${side}`,
  text: `with talk as (select t.* from talks t where t.id = $1 and ${isVisible(side, '$2')}), ${auditing(
    side,
    { action: 'talk.viewed', resource: 'talk', resourceId: 'id', source: 'talk' },
    { viewer: 2, id: 3, ip: 4, requestId: 5 },
  )}
    select ${columns(side)} from talk t ${people} ${newestAndMarks(side)}`,
});

const totals = { clinician: totalling('clinician'), patient: totalling('patient') };
const single = { clinician: reading('clinician'), patient: reading('patient') };

/** Cuts a text short, and no character of two code units in half. */
const excerptOf = (text: string): string => text.slice(0, excerptLength).replace(/[\uD800-\uDBFF]$/, '');

/** Opens the latest message of each talk, with one look at the database for all keys that are not at hand. */
async function opened(keys: DataKeys, rows: readonly SealedTalkRow[]): Promise<TalkRow[]> {
  const keyOf = await keys.all(rows.filter(({ lastBody }) => lastBody !== null).map(({ id }) => id));
  return rows.map(({ lastMessageId, lastBody, ...row }) => {
    const key = keyOf.get(row.id);
    if (!key || lastMessageId === null || lastBody === null) return { ...row, excerpt: null };
    return { ...row, excerpt: excerptOf(key.openText('messages.body', lastMessageId, lastBody)) };
  });
}

const containing = (search: string): string => `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;

export const talksRepository = {
  /** A page of the viewer's talks, the latest message first, and how much is unread in all of them. */
  async list(
    db: Pick<Database, 'pipeline'>,
    keys: DataKeys,
    viewer: Viewer,
    origin: Origin,
    filter: TalkFilter,
  ): Promise<{ rows: TalkRow[]; unreadTotal: number }> {
    const { limit, caseId, search, after } = filter;
    const values = [
      viewer.id,
      limit,
      caseId ?? null,
      search === undefined ? null : containing(search),
      after?.at ?? null,
      after?.id ?? null,
    ];
    const [rows, [total]] = await db.pipeline<[SealedTalkRow, { unreadTotal: number }]>(viewer, [
      { name: listingName(viewer.kind, filter), text: listing(viewer.kind, filter), values },
      { ...totals[viewer.kind], values: [viewer.id, newId(), origin.ip, origin.requestId] },
    ]);
    return { rows: await opened(keys, rows), unreadTotal: total?.unreadTotal ?? 0 };
  },

  /** @returns undefined when the viewer does not see the talk */
  async get(
    db: Pick<Database, 'pipeline'>,
    keys: DataKeys,
    viewer: Viewer,
    origin: Origin,
    talkId: string,
  ): Promise<TalkRow | undefined> {
    const values = [talkId, viewer.id, newId(), origin.ip, origin.requestId];
    const [rows] = await db.pipeline<[SealedTalkRow]>(viewer, [{ ...single[viewer.kind], values }]);
    const [row] = await opened(keys, rows);
    return row;
  },
};
