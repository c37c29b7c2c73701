import { bigint, index, integer, pgTable, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { cases } from './cases.ts';
import { bytes, id, instant } from './columns.ts';
import { attachmentOrigin, fileKind, portal, previewState, scanState } from './enums.ts';
import { clinicians } from './people.ts';

/** Bytes in the file store. Carries no name: names belong to whoever sent or shared the file. */
export const files = pgTable(
  'files',
  {
    id: id().primaryKey(),
    caseId: id('case_id')
      .notNull()
      .references(() => cases.id),
    size: bigint('size', { mode: 'number' }).notNull(),
    sha256: bytes('sha256').notNull(),
    mediaType: text('media_type').notNull(),
    kind: fileKind('kind').notNull(),
    /** The talk or case whose data key seals the bytes. Null for bytes from before they were sealed: never read as they are. */
    keyOwnerId: id('key_owner_id'),
    scan: scanState('scan').notNull().default('notScanned'),
    /** When a file in `checking` is to be scanned, or tried again. */
    scanDueAt: instant('scan_due_at'),
    /** Who put it there, and is told with the others what came of it. Not known of files from before there were scans and previews. */
    uploaderKind: portal('uploader_kind'),
    uploaderId: id('uploader_id'),
    /** `making` until it is there, or is known to be impossible; made of open files alone. */
    preview: previewState('preview').notNull().default('none'),
    /** When a preview in `making` is to be made, or tried again. */
    previewDueAt: instant('preview_due_at'),
    /** How often it was begun: a file at which processes end is given up. */
    previewTries: smallint('preview_tries').notNull().default(0),
    /** The preview's own bytes in the file store, sealed with the same key; these are set when it is `ready`. */
    previewId: id('preview_id'),
    previewSize: integer('preview_size'),
    previewSha256: bytes('preview_sha256'),
    /** How many pages or frames the file has. */
    pages: integer('pages'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    index('files_case').on(table.caseId),
    uniqueIndex('files_preview').on(table.previewId).where(sql`${table.previewId} is not null`),
    index('files_to_preview').on(table.previewDueAt).where(sql`${table.preview} = 'making'`),
    index('files_to_scan').on(table.scanDueAt).where(sql`${table.scan} = 'checking'`),
  ],
);

/** A file that all members of the case can see: uploaded there, or shared out of a talk. Points at the bytes only. */
export const caseAttachments = pgTable(
  'case_attachments',
  {
    id: id().primaryKey(),
    caseId: id('case_id')
      .notNull()
      .references(() => cases.id),
    fileId: id('file_id')
      .notNull()
      .references(() => files.id),
    /** The file without its metadata, for a picture out of a talk: whoever reads through the case gets its bytes. */
    copyId: id('copy_id').references(() => files.id),
    /** Sealed with the case's data key, also when the file came out of a talk. */
    name: bytes('name').notNull(),
    origin: attachmentOrigin('origin').notNull(),
    addedBy: id('added_by')
      .notNull()
      .references(() => clinicians.id),
    uploadKey: uuid('upload_key'),
    addedAt: instant('added_at').notNull().defaultNow(),
    removedAt: instant('removed_at'),
    removedBy: id('removed_by').references(() => clinicians.id),
  },
  (table) => [
    uniqueIndex('case_attachments_one_share')
      .on(table.caseId, table.fileId)
      .where(sql`${table.removedAt} is null`),
    index('case_attachments_copy').on(table.copyId).where(sql`${table.copyId} is not null`),
    index('case_attachments_case').on(table.caseId, table.addedAt.desc(), table.id),
    uniqueIndex('case_attachments_upload_key').on(table.addedBy, table.uploadKey),
  ],
);
