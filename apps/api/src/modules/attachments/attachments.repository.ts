import type { FileKind, PreviewState, ScanState } from '@casetalk/contract';
import { and, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import type { GrantHolder, Tx, Viewer } from '../../db/database.ts';
import {
  attachments,
  caseAttachments,
  clinicians,
  files,
  resumableUploadParts,
  talks,
} from '../../db/schema/index.ts';
import { openedBy } from '../break-glass/index.ts';
import { previewColumns, type PreviewFacts } from './preview-columns.ts';

/** A file of a talk, together with its bytes' facts and its present share. */
export interface AttachmentRow {
  readonly id: string;
  readonly talkId: string;
  readonly messageId: string | null;
  readonly uploader: 'clinician' | 'patient';
  readonly name: string;
  readonly mediaType: string;
  readonly kind: FileKind;
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly scan: ScanState;
  readonly preview: PreviewState;
  readonly pages: number | null;
  readonly createdAt: Date;
  /** Set while everyone on the case can see the file. */
  readonly caseAttachmentId: string | null;
  readonly sharedAt: Date | null;
  readonly sharedBy: string | null;
}

/** The same with its name as the database keeps it. */
export type SealedAttachmentRow = Omit<AttachmentRow, 'name'> & { readonly name: Buffer };

/** What a talk's uploads are checked against. Sizes in bytes. */
export interface TalkUsage {
  readonly caseId: string;
  readonly clinicianId: string;
  readonly patientId: string | null;
  /** The viewer's files of this talk that no message has sent yet. */
  readonly pending: number;
  /** Of all files that the viewer may know of; the other person's waiting ones are not among them. */
  readonly talkBytes: number;
}

export interface NewAttachment {
  readonly id: string;
  readonly talkId: string;
  readonly caseId: string;
  readonly clinicianId: string;
  readonly patientId: string | null;
  readonly fileId: string;
  readonly uploader: 'clinician' | 'patient';
  /** Sealed. */
  readonly name: Buffer;
  readonly uploadKey: string;
}

/** A file with what a download and a share need beside its presentation. */
export interface AttachmentRecord extends SealedAttachmentRow, PreviewFacts {
  readonly caseId: string;
  readonly clinicianId: string;
  readonly patientId: string | null;
  readonly fileId: string;
  readonly keyOwnerId: string | null;
}

/** Rows of talks, or of what is in them, that belong to the viewer; a clinician must still see the case. */
function mine(viewer: Viewer, table: typeof talks | typeof attachments): SQL {
  return viewer.kind === 'clinician'
    ? sql`${table.clinicianId} = ${viewer.id} and app_sees_case(${table.caseId})`
    : sql`${table.patientId} = ${viewer.id}`;
}

/** Sent by either, or the viewer's own and not sent yet. */
const visible = (viewer: Viewer): SQL =>
  sql`${mine(viewer, attachments)} and (${attachments.messageId} is not null or ${attachments.uploader} = ${viewer.kind})`;

const columns = {
  id: attachments.id,
  talkId: attachments.talkId,
  caseId: attachments.caseId,
  clinicianId: attachments.clinicianId,
  patientId: attachments.patientId,
  fileId: attachments.fileId,
  keyOwnerId: files.keyOwnerId,
  messageId: attachments.messageId,
  uploader: attachments.uploader,
  name: attachments.name,
  mediaType: files.mediaType,
  kind: files.kind,
  size: files.size,
  sha256: sql<string>`encode(${files.sha256}, 'hex')`,
  scan: files.scan,
  ...previewColumns,
  createdAt: attachments.createdAt,
  caseAttachmentId: caseAttachments.id,
  sharedAt: caseAttachments.addedAt,
  sharedBy: clinicians.name,
};

const select = (tx: Tx) =>
  tx
    .select(columns)
    .from(attachments)
    .innerJoin(files, eq(files.id, attachments.fileId))
    .leftJoin(
      caseAttachments,
      and(
        eq(caseAttachments.caseId, attachments.caseId),
        eq(caseAttachments.fileId, attachments.fileId),
        isNull(caseAttachments.removedAt),
      ),
    )
    .leftJoin(clinicians, eq(clinicians.id, caseAttachments.addedBy));

export const attachmentRepository = {
  /** The talk's people and what stands on its account, or undefined when the viewer has no such talk. */
  async usage(tx: Tx, viewer: Viewer, talkId: string): Promise<TalkUsage | undefined> {
    const [talk] = await tx
      .select({ caseId: talks.caseId, clinicianId: talks.clinicianId, patientId: talks.patientId })
      .from(talks)
      .where(and(eq(talks.id, talkId), mine(viewer, talks)));
    if (!talk) return undefined;
    const bytes = sql<number>`coalesce(sum(${files.size}), 0)::float8`;
    const isPending = sql`${attachments.uploader} = ${viewer.kind} and ${attachments.messageId} is null`;
    const [inTalk] = await tx
      .select({ bytes, pending: sql<number>`(count(*) filter (where ${isPending}))::int` })
      .from(attachments)
      .innerJoin(files, eq(files.id, attachments.fileId))
      .where(eq(attachments.talkId, talkId));
    return {
      ...talk,
      pending: inTalk?.pending ?? 0,
      talkBytes: inTalk?.bytes ?? 0,
    };
  },

  /** Makes uploads to one talk wait for each other, so that what is counted is what is stored. */
  async lockTalk(tx: Tx, talkId: string): Promise<void> {
    await tx.select({ id: talks.id }).from(talks).where(eq(talks.id, talkId)).for('no key update');
  },

  async seesTalk(tx: Tx, viewer: Viewer, talkId: string): Promise<boolean> {
    const found = await tx
      .select({ id: talks.id })
      .from(talks)
      .where(and(eq(talks.id, talkId), mine(viewer, talks)));
    return found.length > 0;
  },

  async add(tx: Tx, attachment: NewAttachment): Promise<void> {
    await tx.insert(attachments).values(attachment);
  },

  async byId(tx: Tx, viewer: Viewer, id: string): Promise<AttachmentRecord | undefined> {
    const [row] = await select(tx).where(and(eq(attachments.id, id), visible(viewer)));
    return row;
  },

  /** A sent file of the talk that a live grant opens to an administrator. */
  async byGrant(tx: Tx, holder: GrantHolder, id: string): Promise<AttachmentRecord | undefined> {
    const [row] = await select(tx).where(
      and(eq(attachments.id, id), isNotNull(attachments.messageId), openedBy(holder, attachments.talkId)),
    );
    return row;
  },

  async byUploadKey(
    tx: Tx,
    viewer: Viewer,
    talkId: string,
    uploadKey: string,
  ): Promise<AttachmentRecord | undefined> {
    const [row] = await select(tx).where(
      and(
        eq(attachments.talkId, talkId),
        eq(attachments.uploader, viewer.kind),
        eq(attachments.uploadKey, uploadKey),
        mine(viewer, attachments),
      ),
    );
    return row;
  },

  /** The viewer's files of a talk that no message has sent yet, oldest first. */
  async pending(tx: Tx, viewer: Viewer, talkId: string): Promise<AttachmentRecord[]> {
    return select(tx)
      .where(
        and(
          eq(attachments.talkId, talkId),
          eq(attachments.uploader, viewer.kind),
          isNull(attachments.messageId),
          mine(viewer, attachments),
        ),
      )
      .orderBy(attachments.createdAt, attachments.id);
  },

  /** Everything that was sent in a talk, oldest first. */
  async sent(tx: Tx, viewer: Viewer, talkId: string): Promise<AttachmentRecord[]> {
    return select(tx)
      .where(and(eq(attachments.talkId, talkId), isNotNull(attachments.messageId), mine(viewer, attachments)))
      .orderBy(attachments.createdAt, attachments.id);
  },

  /** Deletes a file that is the viewer's own and not sent. @returns what was deleted, and the keys of all its bytes */
  async removePending(
    tx: Tx,
    viewer: Viewer,
    id: string,
  ): Promise<{ keys: string[]; caseId: string; talkId: string } | undefined> {
    const [row] = await tx
      .delete(attachments)
      .where(
        and(
          eq(attachments.id, id),
          eq(attachments.uploader, viewer.kind),
          isNull(attachments.messageId),
          mine(viewer, attachments),
        ),
      )
      .returning({
        fileId: attachments.fileId,
        caseId: attachments.caseId,
        talkId: attachments.talkId,
      });
    if (!row) return undefined;
    const { fileId, caseId, talkId } = row;
    const parts = await tx
      .select({ id: resumableUploadParts.id })
      .from(resumableUploadParts)
      .where(eq(resumableUploadParts.fileId, fileId));
    const [file] = await tx
      .delete(files)
      .where(eq(files.id, fileId))
      .returning({ previewId: files.previewId });
    const keys = [fileId, file?.previewId, ...parts.map(({ id }) => id)];
    return { keys: keys.filter((key) => typeof key === 'string'), caseId, talkId };
  },
};
