import type { Portal } from '@casetalk/contract';
import type { Origin } from '../../actors.ts';
import type { Place } from '../../db/cursor.ts';
import type { Database, Statement, Viewer } from '../../db/database.ts';
import { instantTextOf } from '../../db/instant-text.ts';
import { newId } from '../../db/new-id.ts';
import { isVisibleInList } from '../talks/index.ts';
import type { AccessRow } from './access-events.rules.ts';

/** Whom and what an entry names. */
export interface NamedAccessRow extends AccessRow {
  readonly name: string;
  readonly jobTitle: string | null;
  readonly practiceName: string | null;
  readonly caseId: string;
  readonly caseTitle: string;
  readonly clinicianName: string;
}

/** The same list stands in the index and in the policies. */
const told = `('talk.viewed', 'talk.read', 'attachment.downloaded', 'attachment.shared', 'attachment.unshared', 'breakGlass.started', 'breakGlass.ended')`;

const columns = 'e.id, e.at, e.action, e.actor_kind, e.actor_id, e.grant_id';
const latestFirst = 'order by e.at desc nulls last, e.id desc nulls last limit $5';

/** Who looks at the log leaves a trace as well. */
const asking = (side: Portal): Pick<Statement, 'name' | 'text'> => ({
  name: `ask-who-saw-${side}`,
  text: `with talk as (
      select t.id, t.case_id from talks t where t.id = $1 and ${isVisibleInList(side, '$2')}
    ), audit as (
      insert into audit_events (id, actor_kind, actor_id, action, resource_type, resource_id, case_id, talk_id, ip, request_id)
      select $3, '${side}', $2, 'access.listed', 'talk', id, case_id, id, $4, $5 from talk)
    select id from talk`,
});

const askingForAll: Pick<Statement, 'name' | 'text'> = {
  name: 'ask-who-saw-all',
  text: `insert into audit_events (id, actor_kind, actor_id, action, resource_type, ip, request_id)
    values ($1, 'patient', $2, 'access.listed', 'talk', $3, $4)`,
};

/**
 * What was done with the viewer's talks, or with one of them, before a place: in the talk itself, and with the files that
 * were shared out of it. A file that the other one has not sent yet is not spoken of.
 */
const listing = (side: Portal, ofOne: boolean): Pick<Statement, 'name' | 'text'> => ({
  name: `access-rows-${side}${ofOne ? '' : '-all'}`,
  text: `with mine as (
      select t.id, t.case_id, t.clinician_id from talks t
      where ${ofOne ? 't.id = $2' : '$2::uuid is null'} and ${isVisibleInList(side, '$1')}
    ), sent as (
      select a.id, a.talk_id, a.case_id, a.file_id from mine join attachments a on a.talk_id = mine.id
      where a.${side}_id = $1 and (a.message_id is not null or a.uploader = '${side}')
    ), shares as (
      select ca.id, sent.id as attachment_id, sent.talk_id
      from sent join case_attachments ca on ca.case_id = sent.case_id and ca.file_id = sent.file_id
      where ca.origin = 'patientTalk'
    ), found as (
      (select e.*, mine.id as talk_id, case e.resource_type
          when 'attachment' then e.resource_id
          when 'caseAttachment' then (select s.attachment_id from shares s where s.id = e.resource_id) end as attachment_id
        from mine cross join lateral (
          select ${columns}, e.resource_type, e.resource_id from audit_events e
          where e.talk_id = mine.id and e.action in ${told} and (e.at, e.id) < ($3::timestamptz, $4::uuid)
            and (e.resource_type <> 'attachment' or exists (select from sent where sent.id = e.resource_id))
          ${latestFirst}) e)
      union all
      (select e.*, s.talk_id, s.attachment_id
        from shares s cross join lateral (
          select ${columns}, e.resource_type, e.resource_id from audit_events e
          where e.resource_id = s.id and e.action = 'caseAttachment.downloaded'
            and (e.at, e.id) < ($3::timestamptz, $4::uuid)
          ${latestFirst}) e)
    )
    select e.id, ${instantTextOf('e.at')} as at, e.action, e.actor_kind as "actorKind", e.actor_id as "actorId",
      e.talk_id as "talkId", e.attachment_id as "attachmentId", e.grant_id as "grantId",
      coalesce(clinician.name, patient.name) as name, clinician.job_title as "jobTitle",
      clinician.practice as "practiceName",
      c.id as "caseId", c.title as "caseTitle", owner.name as "clinicianName"
    from (select * from found e ${latestFirst}) e
    join mine on mine.id = e.talk_id
    join cases c on c.id = mine.case_id
    join clinicians owner on owner.id = mine.clinician_id
    left join lateral (
      select actor.name, actor.job_title, practice.name as practice
      from clinicians actor join practices practice on practice.id = actor.practice_id
      where e.actor_kind = 'clinician' and actor.id = e.actor_id limit 1) clinician on true
    left join lateral (
      select actor.name from patients actor
      where e.actor_kind = 'patient' and actor.id = e.actor_id limit 1) patient on true
    order by e.at desc nulls last, e.id desc nulls last`,
});

const statements = {
  clinician: { ask: asking('clinician'), one: listing('clinician', true), all: listing('clinician', false) },
  patient: { ask: asking('patient'), one: listing('patient', true), all: listing('patient', false) },
};

export const accessEventsRepository = {
  /** Records that the viewer looks. @returns false for a talk that is not the viewer's */
  async ask(
    db: Pick<Database, 'pipeline'>,
    viewer: Viewer,
    origin: Origin,
    talkId: string | undefined,
  ): Promise<boolean> {
    if (talkId === undefined) {
      await db.pipeline<[object]>(viewer, [
        { ...askingForAll, values: [newId(), viewer.id, origin.ip, origin.requestId] },
      ]);
      return true;
    }
    const values = [talkId, viewer.id, newId(), origin.ip, origin.requestId];
    const [found] = await db.pipeline<[object]>(viewer, [{ ...statements[viewer.kind].ask, values }]);
    return found.length > 0;
  },

  /** The latest rows before a place. @param talkId undefined for all the viewer's talks */
  async rowsBefore(
    db: Pick<Database, 'pipeline'>,
    viewer: Viewer,
    talkId: string | undefined,
    before: Place,
    limit: number,
  ): Promise<NamedAccessRow[]> {
    const values = [viewer.id, talkId ?? null, before.at, before.id, limit];
    const [rows] = await db.pipeline<[NamedAccessRow]>(viewer, [
      { ...statements[viewer.kind][talkId === undefined ? 'all' : 'one'], values },
    ]);
    return rows;
  },
};
