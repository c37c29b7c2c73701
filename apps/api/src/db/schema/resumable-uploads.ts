import { sql } from 'drizzle-orm';
import { bigint, check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { cases } from './cases.ts';
import { bytes, id, instant } from './columns.ts';
import { portal } from './enums.ts';
import { files } from './files.ts';
import { talks } from './talks.ts';

/** A file that arrives in several requests. Its owner's alone; once whole, the file is a row of its talk or case. */
export const resumableUploads = pgTable(
  'resumable_uploads',
  {
    id: id().primaryKey(),
    ownerKind: portal('owner_kind').notNull(),
    ownerId: id('owner_id').notNull(),
    caseId: id('case_id')
      .notNull()
      .references(() => cases.id),
    /** Null for a file that goes to the case itself. */
    talkId: id('talk_id').references(() => talks.id),
    /** Sealed with the data key of the talk or case. */
    name: bytes('name').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    /** What its sender gave to know the file again by, never looked into: a hash, as `files` has one. */
    fingerprint: text('fingerprint'),
    /** Bytes that are safely kept, which is where the next ones begin. */
    received: bigint('received', { mode: 'number' }).notNull().default(0),
    /** The owner's Idempotency-Key: begun twice, it is one upload. */
    uploadKey: uuid('upload_key').notNull(),
    finishedAt: instant('finished_at'),
    expiresAt: instant('expires_at').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('resumable_uploads_key').on(table.ownerId, table.uploadKey),
    index('resumable_uploads_expiry').on(table.expiresAt),
  ],
);

/**
 * Bytes of an unfinished upload, and then of the file that it became: each row's id is a key of the file store, where they
 * are sealed like a file.
 */
export const resumableUploadParts = pgTable(
  'resumable_upload_parts',
  {
    id: id().primaryKey(),
    uploadId: id('upload_id').references(() => resumableUploads.id, { onDelete: 'cascade' }),
    fileId: id('file_id').references(() => files.id, { onDelete: 'cascade' }),
    start: bigint('start', { mode: 'number' }).notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
  },
  (table) => [
    uniqueIndex('resumable_upload_parts_start').on(table.uploadId, table.start),
    uniqueIndex('resumable_upload_parts_file').on(table.fileId, table.start),
    check('resumable_upload_parts_owner', sql`num_nonnulls(${table.uploadId}, ${table.fileId}) = 1`),
  ],
);
