import type { Portal } from '@casetalk/contract';
import type { Origin } from '../../actors.ts';
import type { Place } from '../../db/cursor.ts';
import type { Database, Reader, Statement } from '../../db/database.ts';
import { instantTextOf } from '../../db/instant-text.ts';
import { newId } from '../../db/new-id.ts';
import { isOpenedByGrant } from '../break-glass/index.ts';
import type { DataKeys } from '../../vault/data-keys.ts';
import { type MessageRow, openMessage, type SealedMessageRow, type ThreadRow } from './messages.rows.ts';
import { auditing, clinicianIsMember, clinicianSeesCase, isVisible, otherSide } from './talk-sides.ts';

/** By what a clinician is looked for: as a member, which nearly all are, or by all that lets her see the case. */
type Standing = 'member' | 'any';
const seesCase = { member: clinicianIsMember, any: clinicianSeesCase } as const;

/** Finds the talk, records that it was read, and tells how far the other side has read. */
const opening = (side: Portal, as: Standing): Pick<Statement, 'name' | 'text'> => ({
  name: `open-thread-${side}-${as}`,
  text: `with talk as (
      select t.id, t.case_id, t.clinician_id, t.patient_id from talks t
      where t.id = $1 and ${isVisible(side, '$2', seesCase[as])}
    ), ${auditing(
      side,
      { action: 'talk.read', resource: 'talk', resourceId: 'id', source: 'talk' },
      { viewer: 2, id: 3, ip: 4, requestId: 5 },
    )}
    select talk.id as "talkId", talk.case_id as "caseId", talk.clinician_id as "clinicianId",
      clinician.name as "clinicianName", talk.patient_id as "patientId",
      coalesce(patient.name, '') as "patientName", ${instantTextOf('r.read_up_to')} as "otherReadUpTo",
      ${instantTextOf('r.read_at')} as "otherReadAt"
    from talk
    join clinicians clinician on clinician.id = talk.clinician_id
    left join patients patient on patient.id = talk.patient_id
    left join talk_read_states r on r.talk_id = talk.id and r.reader = '${otherSide(side)}'`,
});

/**
 * The messages before a place, the newest first; the first page is the one before the end. Guards itself: it never leans
 * on the statement before it.
 */
const paging = (reader: string, isVisible: string): Pick<Statement, 'name' | 'text'> => ({
  name: `message-page-${reader}`,
  text: `select m.id, m.sender, m.body, m.file_count as "fileCount",
      ${instantTextOf('m.created_at')} as "createdAt"
    from messages m
    where m.talk_id = $1 and exists (select from talks t where t.id = $1 and ${isVisible})
      and (m.created_at, m.id) < ($4::timestamptz, $5::uuid)
    order by m.created_at desc nulls last, m.id desc nulls last
    limit $3`,
});

/** After every message. */
const theEnd: Place = { at: 'infinity', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

/** The same for an administrator in an emergency. Nobody's marks are told: they are not what the grant is for. */
const openingByGrant: Pick<Statement, 'name' | 'text'> = {
  name: 'open-thread-by-grant',
  text: `with talk as (
      select t.id, t.case_id, t.clinician_id, t.patient_id from talks t
      where t.id = $1 and ${isOpenedByGrant('t.id', '$2', '$6')}
    ), audit as (
      insert into audit_events
        (id, actor_kind, actor_id, action, resource_type, resource_id, case_id, talk_id, ip, request_id, grant_id)
      select $3, 'clinician', $2, 'talk.read', 'talk', id, case_id, id, $4, $5, $6 from talk)
    select talk.id as "talkId", talk.case_id as "caseId", talk.clinician_id as "clinicianId",
      clinician.name as "clinicianName", talk.patient_id as "patientId", coalesce(patient.name, '') as "patientName",
      null as "otherReadUpTo", null as "otherReadAt"
    from talk
    join clinicians clinician on clinician.id = talk.clinician_id
    left join patients patient on patient.id = talk.patient_id`,
};

const statementsOf = (side: Portal, as: Standing) => ({
  open: opening(side, as),
  page: paging(`${side}-${as}`, isVisible(side, '$2', seesCase[as])),
});
/** Tried one after the other until the viewer is let in. */
const attempts = {
  clinician: [statementsOf('clinician', 'member'), statementsOf('clinician', 'any')],
  patient: [statementsOf('patient', 'any')],
  breakGlass: [{ open: openingByGrant, page: paging('by-grant', isOpenedByGrant('t.id', '$2', '$6')) }],
};

/**
 * A page of a talk's messages, the newest first, in one round trip (for a case manager two) that also records the reading,
 * once the talk's key is at hand.
 * @param limit how many rows at most
 * @returns undefined when the viewer does not see the talk
 * @throws SealBroken
 */
export async function messagePage(
  db: Pick<Database, 'pipeline'>,
  keys: Pick<DataKeys, 'cached' | 'of'>,
  viewer: Reader,
  origin: Origin,
  { talkId, limit, before = theEnd }: { talkId: string; limit: number; before?: Place | undefined },
): Promise<{ thread: ThreadRow; messages: MessageRow[] } | undefined> {
  const grant = viewer.kind === 'breakGlass' ? [viewer.grantId] : [];
  for (const { open, page } of attempts[viewer.kind]) {
    const [[thread], messages] = await db.pipeline<[ThreadRow, SealedMessageRow]>(viewer, [
      { ...open, values: [talkId, viewer.id, newId(), origin.ip, origin.requestId, ...grant] },
      { ...page, values: [talkId, viewer.id, limit, before.at, before.id, ...grant] },
    ]);
    if (!thread) continue;
    if (messages.length === 0) return { thread, messages: [] };
    const key = keys.cached(talkId) ?? (await keys.of(talkId));
    return { thread, messages: messages.map((row) => openMessage(key, row)) };
  }
  return undefined;
}
