import type { Database, Reader, Viewer } from '../../db/database.ts';
import { isOpenedByGrant } from '../break-glass/index.ts';
import type { SealedAttachmentRow } from './attachments.repository.ts';

/** SQL: the file `a` belongs to a talk of the reader's, whose id is `$2`, or to the one that the grant `$3` opens. */
const isReadersOwn: Readonly<Record<Reader['kind'], string>> = {
  clinician: 'a.clinician_id = $2',
  patient: 'a.patient_id = $2',
  breakGlass: isOpenedByGrant('a.talk_id', '$2', '$3'),
};

/** Row-level security shows only the viewer's own; the owner's column is compared here as well. */
const filesOfMessages = (kind: Reader['kind']) => ({
  name: `files-of-messages-${kind}`,
  text: `select a.id, a.talk_id "talkId", a.message_id "messageId", a.uploader, a.name, f.media_type "mediaType", f.kind,
      f.size::float8 size, encode(f.sha256, 'hex') sha256, f.scan, f.preview, f.pages, a.created_at "createdAt",
      ca.id "caseAttachmentId", ca.added_at "sharedAt", c.name "sharedBy"
    from attachments a
    join files f on f.id = a.file_id
    left join case_attachments ca on ca.case_id = a.case_id and ca.file_id = a.file_id and ca.removed_at is null
    left join clinicians c on c.id = ca.added_by
    where a.message_id = any($1::uuid[]) and ${isReadersOwn[kind]}
    order by a.message_id, a.position, a.id`,
});

interface SealedNameRow {
  readonly id: string;
  readonly talkId: string;
  readonly name: Buffer;
}

const names = (kind: Viewer['kind']) => ({
  name: `names-of-attachments-${kind}`,
  text: `select a.id, a.talk_id "talkId", a.name from attachments a
    where a.id = any($1::uuid[]) and a.${kind}_id = $2 and (a.message_id is not null or a.uploader = '${kind}')`,
});

export const messageFileRepository = {
  /** What the viewer's files are called, sealed. */
  async names(
    db: Pick<Database, 'pipeline'>,
    viewer: Viewer,
    ids: readonly string[],
  ): Promise<SealedNameRow[]> {
    const [rows] = await db.pipeline<[SealedNameRow]>(viewer, [
      { ...names(viewer.kind), values: [ids, viewer.id] },
    ]);
    return rows;
  },

  /** The files of the viewer's messages, each message's in the order of sending. */
  async ofMessages(
    db: Pick<Database, 'pipeline'>,
    viewer: Reader,
    messageIds: readonly string[],
  ): Promise<SealedAttachmentRow[]> {
    const grant = viewer.kind === 'breakGlass' ? [viewer.grantId] : [];
    const [rows] = await db.pipeline<[SealedAttachmentRow]>(viewer, [
      { ...filesOfMessages(viewer.kind), values: [messageIds, viewer.id, ...grant] },
    ]);
    return rows;
  },
};
