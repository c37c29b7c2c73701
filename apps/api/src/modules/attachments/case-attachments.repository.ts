import type { FileKind, PreviewState, ScanState } from '@casetalk/contract';
import { and, asc, desc, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import type { Tx, Viewer } from '../../db/database.ts';
import { attachments, caseAttachments, cases, clinicians, files } from '../../db/schema/index.ts';
import { previewColumns, type PreviewFacts } from './preview-columns.ts';

/** A file of the case, with its bytes' facts. */
export interface CaseAttachmentRow extends PreviewFacts {
  readonly id: string;
  readonly caseId: string;
  /** What is read through the case. */
  readonly fileId: string;
  /** What was uploaded; another one when it was shared without its metadata. */
  readonly sourceFileId: string;
  readonly withoutMetadata: boolean;
  readonly keyOwnerId: string | null;
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
  readonly origin: 'upload' | 'patientTalk';
  readonly addedBy: string;
  readonly addedByName: string;
  readonly addedAt: Date;
  readonly removed: boolean;
}

/** The same with its name as the database keeps it. */
export type SealedCaseAttachmentRow = Omit<CaseAttachmentRow, 'name'> & { readonly name: Buffer };

export interface NewCaseAttachment {
  readonly id: string;
  readonly caseId: string;
  readonly fileId: string;
  readonly copyId?: string;
  /** Sealed. */
  readonly name: Buffer;
  readonly origin: 'upload' | 'patientTalk';
  readonly addedBy: string;
  readonly uploadKey?: string;
}

export interface CaseAttachmentPage {
  readonly kind?: FileKind | undefined;
  readonly sort: 'added' | 'addedBy';
  readonly direction: 'ascending' | 'descending';
  /** The last one of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}

const columns = {
  id: caseAttachments.id,
  caseId: caseAttachments.caseId,
  fileId: files.id,
  sourceFileId: caseAttachments.fileId,
  withoutMetadata: sql<boolean>`${caseAttachments.copyId} is not null`,
  keyOwnerId: files.keyOwnerId,
  name: caseAttachments.name,
  mediaType: files.mediaType,
  kind: files.kind,
  size: files.size,
  sha256: sql<string>`encode(${files.sha256}, 'hex')`,
  scan: files.scan,
  ...previewColumns,
  origin: caseAttachments.origin,
  addedBy: caseAttachments.addedBy,
  addedByName: clinicians.name,
  addedAt: caseAttachments.addedAt,
  removed: sql<boolean>`${caseAttachments.removedAt} is not null`,
};

const select = (tx: Tx) =>
  tx
    .select(columns)
    .from(caseAttachments)
    .innerJoin(files, eq(files.id, sql`coalesce(${caseAttachments.copyId}, ${caseAttachments.fileId})`))
    .innerJoin(clinicians, eq(clinicians.id, caseAttachments.addedBy));

/** Whoever sees the case; the same as row-level security says. */
const onViewersCase = sql`app_sees_case(${caseAttachments.caseId})`;
const present = isNull(caseAttachments.removedAt);

const sortKeys: Record<CaseAttachmentPage['sort'], SQL> = {
  added: sql`${caseAttachments.addedAt}`,
  addedBy: sql`lower(${clinicians.name})`,
};

export const caseAttachmentRepository = {
  async byId(tx: Tx, id: string): Promise<SealedCaseAttachmentRow | undefined> {
    const [row] = await select(tx).where(and(eq(caseAttachments.id, id), present, onViewersCase));
    return row;
  },

  /** The present share or upload of a file. */
  async byFile(tx: Tx, caseId: string, fileId: string): Promise<SealedCaseAttachmentRow | undefined> {
    const [row] = await select(tx).where(
      and(eq(caseAttachments.caseId, caseId), eq(caseAttachments.fileId, fileId), present, onViewersCase),
    );
    return row;
  },

  /** What an upload key of this clinician made, taken back or not. */
  async byUploadKey(tx: Tx, viewer: Viewer, uploadKey: string): Promise<SealedCaseAttachmentRow | undefined> {
    const [row] = await select(tx).where(
      and(eq(caseAttachments.addedBy, viewer.id), eq(caseAttachments.uploadKey, uploadKey), onViewersCase),
    );
    return row;
  },

  /** A page by the wanted key and then by id; the row of the page before is looked up, so names of people never travel in a cursor. */
  async list(tx: Tx, caseId: string, page: CaseAttachmentPage): Promise<SealedCaseAttachmentRow[]> {
    const key = sortKeys[page.sort];
    const [order, beyond] = page.direction === 'ascending' ? [asc, sql`>`] : [desc, sql`<`];
    const after = page.after
      ? sql`(${key}, ${caseAttachments.id}) ${beyond} (
          select ${lastKey(page.sort)}, last.id from case_attachments last
          join clinicians last_by on last_by.id = last.added_by
          where last.id = ${page.after} and last.case_id = ${caseId})`
      : undefined;
    return select(tx)
      .where(
        and(
          eq(caseAttachments.caseId, caseId),
          present,
          onViewersCase,
          page.kind ? eq(files.kind, page.kind) : undefined,
          after,
        ),
      )
      .orderBy(order(key), order(caseAttachments.id))
      .limit(page.limit);
  },

  /** All files of a case, those taken back included: names are sealed, so only their reader can put them in order. */
  async all(tx: Tx, caseId: string): Promise<SealedCaseAttachmentRow[]> {
    return select(tx).where(and(eq(caseAttachments.caseId, caseId), onViewersCase));
  },

  /** What was made of a file when it was shared before. */
  async copyOf(tx: Tx, caseId: string, fileId: string): Promise<string | undefined> {
    const [row] = await tx
      .select({ copyId: caseAttachments.copyId })
      .from(caseAttachments)
      .where(
        and(
          eq(caseAttachments.caseId, caseId),
          eq(caseAttachments.fileId, fileId),
          isNotNull(caseAttachments.copyId),
          onViewersCase,
        ),
      )
      .limit(1);
    return row?.copyId ?? undefined;
  },

  /** @returns false when the file stands in the case already */
  async add(tx: Tx, row: NewCaseAttachment): Promise<boolean> {
    const added = await tx
      .insert(caseAttachments)
      .values(row)
      .onConflictDoNothing({ target: [caseAttachments.caseId, caseAttachments.fileId], where: present })
      .returning({ id: caseAttachments.id });
    return added.length > 0;
  },

  /** @returns false when somebody else was quicker */
  async remove(tx: Tx, id: string, removedBy: string): Promise<boolean> {
    const removed = await tx
      .update(caseAttachments)
      .set({ removedAt: sql`now()`, removedBy })
      .where(and(eq(caseAttachments.id, id), present, onViewersCase))
      .returning({ id: caseAttachments.id });
    return removed.length > 0;
  },

  /** The talk that a shared file came from, when it is the viewer's own. */
  async talkOf(
    tx: Tx,
    viewer: Viewer,
    fileId: string,
  ): Promise<{ talkId: string; patientId: string | null } | undefined> {
    const [row] = await tx
      .select({ talkId: attachments.talkId, patientId: attachments.patientId })
      .from(attachments)
      .where(and(eq(attachments.fileId, fileId), eq(attachments.clinicianId, viewer.id)));
    return row;
  },

  /** Makes uploads to one case wait for each other, so that what is counted is what is stored. */
  async lockCase(tx: Tx, caseId: string): Promise<void> {
    await tx.select({ id: cases.id }).from(cases).where(eq(cases.id, caseId)).for('no key update');
  },

  /** Bytes uploaded to the case. What was taken back still takes room. */
  async caseBytes(tx: Tx, caseId: string): Promise<number> {
    const [row] = await tx
      .select({ bytes: sql<number>`coalesce(sum(${files.size}), 0)::float8` })
      .from(caseAttachments)
      .innerJoin(files, eq(files.id, caseAttachments.fileId))
      .where(and(eq(caseAttachments.origin, 'upload'), eq(caseAttachments.caseId, caseId)));
    return row?.bytes ?? 0;
  },
};

function lastKey(sort: CaseAttachmentPage['sort']): SQL {
  return sort === 'added' ? sql`last.added_at` : sql`lower(last_by.name)`;
}
