import {
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { cases } from './cases.ts';
import { bytes, id, instant } from './columns.ts';
import { assurance, portal } from './enums.ts';
import { files } from './files.ts';
import { clinicians, patients } from './people.ts';

/**
 * The private thread of one clinician and one patient on one case. `patient_id` stays null until the patient has joined,
 * so that nobody can read it on the patient's side before. Both ids stand on every private row: row-level security
 * compares one column and joins nothing.
 */
export const talks = pgTable(
  'talks',
  {
    id: id().primaryKey(),
    caseId: id('case_id')
      .notNull()
      .references(() => cases.id),
    clinicianId: id('clinician_id')
      .notNull()
      .references(() => clinicians.id),
    patientId: id('patient_id').references(() => patients.id),
    assurance: assurance('assurance'),
    clinicianUnread: integer('clinician_unread').notNull().default(0),
    patientUnread: integer('patient_unread').notNull().default(0),
    lastMessageId: id('last_message_id'),
    lastMessageAt: instant('last_message_at'),
    /** When a notice is due to the one who has not read yet; set by the first unread message of a burst. */
    clinicianNoticeDueAt: instant('clinician_notice_due_at'),
    patientNoticeDueAt: instant('patient_notice_due_at'),
    joinedAt: instant('joined_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    unique('talks_one_per_clinician').on(table.caseId, table.clinicianId),
    // What a message changes stands in no B-tree, so that PostgreSQL updates a talk in place (heap-only tuples). An inbox
    // is sorted as it is read: a person's talks are few.
    index('talks_clinician').on(table.clinicianId),
    index('talks_patient').on(table.patientId),
    index('talks_notice')
      .using('brin', table.clinicianNoticeDueAt, table.patientNoticeDueAt)
      .with({ pages_per_range: 32 }),
  ],
);

export const messages = pgTable(
  'messages',
  {
    id: id().primaryKey(),
    /**
     * No foreign key: a message is only ever written from its talk's own row, in the statement that counts it there, and
     * nobody may delete a talk. The key's check would lock that row once more, a fifth of what sending costs.
     */
    talkId: id('talk_id').notNull(),
    caseId: id('case_id').notNull(),
    clinicianId: id('clinician_id').notNull(),
    patientId: id('patient_id'),
    sender: portal('sender').notNull(),
    /** Sealed with the talk's data key. */
    body: bytes('body').notNull(),
    fileCount: integer('file_count').notNull().default(0),
    /** The sender's Idempotency-Key: sent twice, it is one message. */
    sendKey: uuid('send_key').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    // The owners stand at the end for the policies' sake: PostgreSQL thinks that they narrow a talk down, and would else
    // rather fetch and sort all of a long talk than walk it in order.
    index('messages_talk').on(
      table.talkId,
      table.createdAt.desc(),
      table.id.desc(),
      table.clinicianId,
      table.patientId,
    ),
    // The key comes first: our clients' keys grow with time, and so the newest entries lie side by side.
    uniqueIndex('messages_send_key').on(table.sendKey, table.talkId, table.sender),
  ],
);

/** A file sent, or waiting to be sent, in a talk. Born with its talk: no message of another talk can claim it. */
export const attachments = pgTable(
  'attachments',
  {
    id: id().primaryKey(),
    talkId: id('talk_id')
      .notNull()
      .references(() => talks.id),
    caseId: id('case_id').notNull(),
    clinicianId: id('clinician_id').notNull(),
    patientId: id('patient_id'),
    fileId: id('file_id')
      .notNull()
      .references(() => files.id),
    uploader: portal('uploader').notNull(),
    /** Null until a message sends it. */
    messageId: id('message_id'),
    position: integer('position').notNull().default(0),
    /** Sealed with the talk's data key. */
    name: bytes('name').notNull(),
    uploadKey: uuid('upload_key').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    foreignKey({ columns: [table.messageId], foreignColumns: [messages.id] }),
    index('attachments_message').on(table.messageId, table.position),
    index('attachments_talk').on(table.talkId, table.createdAt),
    index('attachments_file').on(table.fileId),
    uniqueIndex('attachments_upload_key').on(table.talkId, table.uploader, table.uploadKey),
  ],
);

export const talkReadStates = pgTable(
  'talk_read_states',
  {
    talkId: id('talk_id')
      .notNull()
      .references(() => talks.id),
    reader: portal('reader').notNull(),
    caseId: id('case_id').notNull(),
    clinicianId: id('clinician_id').notNull(),
    patientId: id('patient_id'),
    messageId: id('message_id').notNull(),
    /** The message's own time: everything up to it is read. */
    readUpTo: instant('read_up_to').notNull(),
    readAt: instant('read_at').notNull().defaultNow(),
    firstReadAt: instant('first_read_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.talkId, table.reader] })],
);
