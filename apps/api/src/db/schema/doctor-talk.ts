import { index, pgTable, primaryKey, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { cases } from './cases.ts';
import { bytes, id, instant } from './columns.ts';
import { clinicians } from './people.ts';

/** The thread that all members of a case share, without the patient. */
export const doctorTalkMessages = pgTable(
  'doctor_talk_messages',
  {
    id: id().primaryKey(),
    caseId: id('case_id')
      .notNull()
      .references(() => cases.id),
    senderId: id('sender_id')
      .notNull()
      .references(() => clinicians.id),
    /** Sealed with the case's data key. */
    body: bytes('body').notNull(),
    sendKey: uuid('send_key').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    index('doctor_talk_messages_case').on(table.caseId, table.createdAt.desc(), table.id.desc()),
    uniqueIndex('doctor_talk_messages_send_key').on(table.caseId, table.senderId, table.sendKey),
  ],
);

export const doctorTalkReadStates = pgTable(
  'doctor_talk_read_states',
  {
    caseId: id('case_id')
      .notNull()
      .references(() => cases.id),
    clinicianId: id('clinician_id')
      .notNull()
      .references(() => clinicians.id),
    messageId: id('message_id').notNull(),
    readUpTo: instant('read_up_to').notNull(),
    readAt: instant('read_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.caseId, table.clinicianId] })],
);
