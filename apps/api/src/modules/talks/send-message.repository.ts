import { type DraftMark, limits, type Portal } from '@casetalk/contract';
import type { Origin, Person } from '../../actors.ts';
import { type Database, isUniqueViolation, type Statement, type Viewer } from '../../db/database.ts';
import { instantTextOf } from '../../db/instant-text.ts';
import { newId } from '../../db/new-id.ts';
import { clearSentDraft } from '../drafts/index.ts';
import type { DataKey } from '../../vault/data-key.ts';
import type { DataKeys } from '../../vault/data-keys.ts';
import { type MessageRow, openMessage, type SealedMessageRow, type ThreadRow } from './messages.rows.ts';
import { auditing, clinicianIsMember, clinicianSeesCase, isVisible, otherSide } from './talk-sides.ts';

export interface NewMessage {
  readonly talkId: string;
  readonly text: string;
  /** In the order in which they shall stand, each once. */
  readonly attachmentIds: readonly string[];
  /** The sender's Idempotency-Key. */
  readonly sendKey: string;
  /** The draft that goes with it. */
  readonly draft?: DraftMark | undefined;
}

export type SentRow = MessageRow & ThreadRow;

/** What only the database knows of a message that it has just written. */
type Sent = Pick<SentRow, 'createdAt' | 'caseId' | 'clinicianId' | 'patientId'>;

/** Why a message was not written. */
export interface RefusedRow {
  readonly open: boolean;
  readonly clinicianSeesCase: boolean;
  /** How many of the wanted files wait for this sender in this talk, and how many bytes they have. */
  readonly claimable: number;
  readonly claimableSize: number;
}

/** Minutes after which someone who has not read is told by mail or text; one notice for a burst of messages. */
const noticeAfterMinutes = 2;

/** The files that the message takes with it, locked: none of them can be taken or removed meanwhile. */
const wantedFiles = (side: Portal, files: string, lock: string): string => `
    select a.id, w.place, f.size from unnest(${files}::uuid[]) with ordinality as w (id, place)
    join attachments a on a.id = w.id and a.talk_id = $1 and a.uploader = '${side}' and a.message_id is null
    join files f on f.id = a.file_id
    ${lock}`;

/**
 * One statement sends: it counts the message on the talk, writes it, takes its files and records the act, or does
 * nothing at all. The talk's row is updated first, so that messages of one talk follow each other: their instants, taken
 * under its lock, never run backwards, and no reader's mark can pass a message that is not there yet.
 */
function sending(
  side: Portal,
  { withFiles, asMember }: { withFiles: boolean; asMember: boolean },
): Pick<Statement, 'name' | 'text'> {
  const other = otherSide(side);
  const fits = `and (select count(*) from wanted) = cardinality($9::uuid[])
        and (select sum(size) from wanted) <= ${limits.messageFilesSize}`;
  const claim = `, claimed as (
      update attachments a set message_id = $3, position = wanted.place
      from wanted, sent where a.id = wanted.id and a.message_id is null)`;
  return {
    name: `send-message-${side}${withFiles ? '-files' : ''}${asMember ? '-member' : ''}`,
    text: `with ${withFiles ? `wanted as (${wantedFiles(side, '$9', 'for update of a')}), ` : ''}sent as (
      update talks t set
        ${other}_unread = t.${other}_unread + 1,
        last_message_id = $3,
        last_message_at = greatest(clock_timestamp(), t.last_message_at + interval '1 microsecond'),
        ${other}_notice_due_at = case when t.${other}_id is not null
          then coalesce(t.${other}_notice_due_at, now() + interval '${noticeAfterMinutes} minutes') end
      from cases c
      where t.id = $1 and t.${side}_id = $2 and c.id = t.case_id and c.status = 'open'
        and ${asMember ? clinicianIsMember : clinicianSeesCase}
        ${withFiles ? fits : ''}
      returning t.id, t.case_id, t.clinician_id, t.patient_id, t.last_message_at
    ), message as (
      insert into messages
        (id, talk_id, case_id, clinician_id, patient_id, sender, body, file_count, send_key, created_at)
      select $3, id, case_id, clinician_id, patient_id, '${side}', $4,
        ${withFiles ? 'cardinality($9::uuid[])' : '0'}, $5, last_message_at
      from sent
    )${withFiles ? claim : ''}, ${auditing(
      side,
      { action: 'message.sent', resource: 'message', resourceId: '$3', source: 'sent' },
      { viewer: 2, id: 6, ip: 7, requestId: 8 },
    )}
    select ${instantTextOf('sent.last_message_at')} as "createdAt", sent.case_id as "caseId",
      sent.clinician_id as "clinicianId", sent.patient_id as "patientId"
    from sent`,
  };
}

/** Held while files are taken along, so that the statement that counts them is not run again halfway. */
const holding = (side: Portal): Pick<Statement, 'name' | 'text'> => ({
  name: `hold-talk-${side}`,
  text: `select t.id from talks t where t.id = $1 and t.${side}_id = $2 for no key update`,
});

/** Whether the viewer has this talk at all: asked before a talk's key is made or fetched for somebody. */
const seeing = (side: Portal): Pick<Statement, 'name' | 'text'> => ({
  name: `sees-talk-${side}`,
  text: `select t.id from talks t where t.id = $1 and ${isVisible(side, '$2')}`,
});

/** What stands in the way of a message: read only when nothing was written. */
const explaining = (side: Portal): Pick<Statement, 'name' | 'text'> => ({
  name: `explain-refusal-${side}`,
  text: `with wanted as (${wantedFiles(side, '$3', '')})
    select c.status = 'open' as open, ${clinicianSeesCase} as "clinicianSeesCase",
      (select count(*)::int from wanted) as claimable, (select coalesce(sum(size), 0)::float8 from wanted) as "claimableSize"
    from talks t join cases c on c.id = t.case_id
    where t.id = $1 and ${isVisible(side, '$2')}`,
});

/** What an earlier request with the same key wrote. */
const repeating = (side: Portal): Pick<Statement, 'name' | 'text'> => ({
  name: `sent-message-${side}`,
  text: `select e.id, e.sender, e.body, e.file_count as "fileCount",
      ${instantTextOf('e.created_at')} as "createdAt", t.id as "talkId", t.case_id as "caseId",
      t.clinician_id as "clinicianId", clinician.name as "clinicianName", t.patient_id as "patientId",
      coalesce(patient.name, '') as "patientName", ${instantTextOf('r.read_up_to')} as "otherReadUpTo",
      ${instantTextOf('r.read_at')} as "otherReadAt"
    from talks t
    join messages e on e.talk_id = t.id and e.sender = '${side}' and e.send_key = $3
    join clinicians clinician on clinician.id = t.clinician_id
    left join patients patient on patient.id = t.patient_id
    left join talk_read_states r on r.talk_id = t.id and r.reader = '${otherSide(side)}'
    where t.id = $1 and ${isVisible(side, '$2')}`,
});

const bySide = <T>(make: (side: Portal) => T): Record<Portal, T> => ({
  clinician: make('clinician'),
  patient: make('patient'),
});
const statements = bySide((side) => ({
  sendAsMember: sending(side, { withFiles: false, asMember: true }),
  send: sending(side, { withFiles: false, asMember: false }),
  sendWithFiles: sending(side, { withFiles: true, asMember: false }),
  hold: holding(side),
  see: seeing(side),
  explain: explaining(side),
  repeat: repeating(side),
}));

/** @returns undefined when the viewer does not see the talk */
async function keyForWriting(
  db: Pick<Database, 'pipeline'>,
  keys: DataKeys,
  viewer: Viewer,
  talkId: string,
): Promise<DataKey | undefined> {
  const { see } = statements[viewer.kind];
  const [[talk]] = await db.pipeline<[object]>(viewer, [{ ...see, values: [talkId, viewer.id] }]);
  return talk && keys.ensure({ kind: 'talk', id: talkId });
}

export const sendMessageRepository = {
  /** @returns the message, or undefined when nothing was written: ask for the repeat, then for the reason */
  async send(
    db: Pick<Database, 'pipeline'>,
    keys: DataKeys,
    viewer: Person,
    origin: Origin,
    message: NewMessage,
  ): Promise<SentRow | undefined> {
    const { talkId, text, attachmentIds, sendKey, draft } = message;
    const { sendAsMember, send, sendWithFiles, hold } = statements[viewer.kind];
    const key = keys.cached(talkId) ?? (await keyForWriting(db, keys, viewer, talkId));
    if (!key) return undefined;
    const id = newId();
    const body = key.sealText('messages.body', id, text);
    const values = [talkId, viewer.id, id, body, sendKey, newId(), origin.ip, origin.requestId];
    const clearing = draft ? [clearSentDraft(viewer, talkId, id, draft)] : [];
    const sentRow = (row: Sent): SentRow => ({
      ...row,
      id,
      talkId,
      text,
      sender: viewer.kind,
      fileCount: attachmentIds.length,
      clinicianName: viewer.kind === 'clinician' ? viewer.name : '',
      patientName: viewer.kind === 'patient' ? viewer.name : '',
      otherReadUpTo: null,
      otherReadAt: null,
    });
    try {
      if (attachmentIds.length === 0) {
        for (const statement of [sendAsMember, send]) {
          const [[sent]] = await db.pipeline<[Sent, ...object[]]>(viewer, [
            { ...statement, values },
            ...clearing,
          ]);
          if (sent) return sentRow(sent);
        }
        return undefined;
      }
      const [, [sent]] = await db.pipeline<[object, Sent, ...object[]]>(viewer, [
        { ...hold, values: [talkId, viewer.id] },
        { ...sendWithFiles, values: [...values, attachmentIds] },
        ...clearing,
      ]);
      return sent && sentRow(sent);
    } catch (error) {
      // A twin with the same key was written while this one waited for the talk; all of this one is undone.
      if (isUniqueViolation(error, 'messages_send_key')) return undefined;
      throw error;
    }
  },

  /** @returns the viewer's earlier message with this key */
  async repeat(
    db: Pick<Database, 'pipeline'>,
    keys: DataKeys,
    viewer: Viewer,
    { talkId, sendKey }: NewMessage,
  ): Promise<SentRow | undefined> {
    const values = [talkId, viewer.id, sendKey];
    const [[row]] = await db.pipeline<[SealedMessageRow & ThreadRow]>(viewer, [
      { ...statements[viewer.kind].repeat, values },
    ]);
    return row && { ...row, ...openMessage(await keys.of(talkId), row) };
  },

  /** @returns undefined when the viewer does not see the talk */
  async explain(
    db: Pick<Database, 'pipeline'>,
    viewer: Viewer,
    { talkId, attachmentIds }: NewMessage,
  ): Promise<RefusedRow | undefined> {
    const values = [talkId, viewer.id, attachmentIds];
    const [[row]] = await db.pipeline<[RefusedRow]>(viewer, [{ ...statements[viewer.kind].explain, values }]);
    return row;
  },
};
