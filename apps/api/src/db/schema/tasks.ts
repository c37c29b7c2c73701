import { index, pgTable, unique } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { cases } from './cases.ts';
import { id, instant } from './columns.ts';
import { portal } from './enums.ts';
import { clinicians } from './people.ts';
import { talks } from './talks.ts';

/**
 * What somebody has not read yet. From `due_at` on it is a task of the talk's clinician, until it is read or she marks it
 * as done. One row for each side of a talk: the next burst of messages uses it again, under a new id.
 */
export const unreadTasks = pgTable(
  'unread_tasks',
  {
    id: id().primaryKey(),
    talkId: id('talk_id')
      .notNull()
      .references(() => talks.id),
    caseId: id('case_id')
      .notNull()
      .references(() => cases.id),
    clinicianId: id('clinician_id')
      .notNull()
      .references(() => clinicians.id),
    /** Who has not read. */
    reader: portal('reader').notNull(),
    unreadSince: instant('unread_since').notNull(),
    dueAt: instant('due_at').notNull(),
    mailedAt: instant('mailed_at'),
    doneAt: instant('done_at'),
  },
  (table) => [
    unique('unread_tasks_one_per_reader').on(table.talkId, table.reader),
    index('unread_tasks_clinician').on(table.clinicianId, table.dueAt),
    index('unread_tasks_due')
      .on(table.dueAt)
      .where(sql`${table.mailedAt} is null and ${table.doneAt} is null`),
  ],
);
