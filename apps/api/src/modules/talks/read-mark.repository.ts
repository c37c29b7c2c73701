import type { Portal } from '@casetalk/contract';
import type { Origin } from '../../actors.ts';
import type { Database, Statement, Viewer } from '../../db/database.ts';
import { instantTextOf } from '../../db/instant-text.ts';
import { newId } from '../../db/new-id.ts';
import { auditing, clinicianSeesCase, isVisible, otherSide } from './talk-sides.ts';

export interface MarkedRow {
  readonly caseId: string;
  readonly clinicianId: string;
  readonly patientId: string | null;
  readonly clinicianSeesCase: boolean;
  /** False when the named message is none of this talk. */
  readonly known: boolean;
  readonly unread: number;
  /** The instant of the last message that is read; RFC 3339 with six decimals. */
  readonly readUpTo: string | null;
  readonly moved: boolean;
  /** This was the side's first reading of the talk. */
  readonly first: boolean;
  /** The invitation through which the patient joined. */
  readonly invitationId: string | null;
}

/**
 * Waits for messages that are being sent: the next statement then counts them, since each statement sees what was
 * committed before it began.
 */
const holding = (side: Portal): Pick<Statement, 'name' | 'text'> => ({
  name: `hold-talk-to-mark-${side}`,
  text: `select t.id from talks t where t.id = $1 and t.${side}_id = $2 for no key update`,
});

/**
 * Moves the mark forward to the other side's last message up to the named one, and counts anew what lies behind it. Own
 * messages never move a mark: its time then says when somebody read what was written to them.
 */
function marking(side: Portal): Pick<Statement, 'name' | 'text'> {
  const other = otherSide(side);
  return {
    name: `mark-read-${side}`,
    text: `with talk as (
      select t.id, t.case_id, t.clinician_id, t.patient_id, ${clinicianSeesCase} as sees
      from talks t where t.id = $1 and ${isVisible(side, '$2')}
    ), seen as (
      select m.created_at, m.id from talk join messages m on m.talk_id = talk.id and m.id = $3
    ), target as (
      select m.created_at, m.id from messages m
      where m.talk_id = $1 and m.sender = '${other}'
        and (m.created_at, m.id) <= ((select created_at from seen), (select id from seen))
      order by m.created_at desc nulls last, m.id desc nulls last limit 1
    ), moved as (
      insert into talk_read_states as old
        (talk_id, reader, case_id, clinician_id, patient_id, message_id, read_up_to)
      select talk.id, '${side}', talk.case_id, talk.clinician_id, talk.patient_id, target.id, target.created_at
      from talk cross join target
      on conflict (talk_id, reader) do update
        set message_id = excluded.message_id, read_up_to = excluded.read_up_to, read_at = now()
        where (old.read_up_to, old.message_id) < (excluded.read_up_to, excluded.message_id)
      returning message_id, read_up_to, first_read_at = read_at as first
    ), mark as (
      select message_id, read_up_to from moved
      union all
      select r.message_id, r.read_up_to from talk_read_states r
      where r.talk_id = $1 and r.reader = '${side}' and not exists (select from moved)
    ), counted as (
      select count(*)::int as unread from messages m
      where m.talk_id = $1 and m.sender = '${other}'
        and (m.created_at, m.id) >
          (coalesce((select read_up_to from mark), '-infinity'), (select message_id from mark))
    ), settled as (
      update talks t set
        ${side}_unread = counted.unread,
        ${side}_notice_due_at = case when counted.unread > 0 then t.${side}_notice_due_at end
      from counted, talk
      where t.id = talk.id and exists (select from moved)
    ), ${auditing(
      side,
      {
        action: 'talk.markedRead',
        resource: 'talk',
        resourceId: 'id',
        source: 'talk where exists (select from moved)',
      },
      { viewer: 2, id: 4, ip: 5, requestId: 6 },
    )}
    select talk.case_id as "caseId", talk.clinician_id as "clinicianId", talk.patient_id as "patientId",
      talk.sees as "clinicianSeesCase", exists (select from seen) as known, counted.unread,
      ${instantTextOf('(select read_up_to from mark)')} as "readUpTo", exists (select from moved) as moved,
      coalesce((select first from moved), false) as first,
      (select i.id from invitations i
        where i.clinician_id = talk.clinician_id and i.case_id = talk.case_id and i.state = 'accepted'
        order by i.created_at desc nulls last limit 1) as "invitationId"
    from talk cross join counted`,
  };
}

const statementsOf = (side: Portal) => ({ hold: holding(side), mark: marking(side) });
const statements = { clinician: statementsOf('clinician'), patient: statementsOf('patient') };

/** @returns undefined when the viewer does not see the talk */
export async function markRead(
  db: Pick<Database, 'pipeline'>,
  viewer: Viewer,
  origin: Origin,
  { talkId, messageId }: { talkId: string; messageId: string },
): Promise<MarkedRow | undefined> {
  const { hold, mark } = statements[viewer.kind];
  const [, [row]] = await db.pipeline<[object, MarkedRow]>(viewer, [
    { ...hold, values: [talkId, viewer.id] },
    { ...mark, values: [talkId, viewer.id, messageId, newId(), origin.ip, origin.requestId] },
  ]);
  return row;
}
