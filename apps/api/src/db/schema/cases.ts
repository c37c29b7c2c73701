import { date, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { id, instant } from './columns.ts';
import { caseStatus } from './enums.ts';
import { clinicians, practices } from './people.ts';

export const cases = pgTable(
  'cases',
  {
    id: id().primaryKey(),
    practiceId: id('practice_id')
      .notNull()
      .references(() => practices.id),
    patientName: text('patient_name').notNull(),
    patientBirthDate: date('patient_birth_date', { mode: 'string' }).notNull(),
    title: text('title').notNull(),
    description: text('description').notNull(),
    status: caseStatus('status').notNull().default('open'),
    /** Counts the changes; a change names the version that it is based on. */
    version: integer('version').notNull().default(1),
    createdBy: id('created_by')
      .notNull()
      .references(() => clinicians.id),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [index('cases_practice').on(table.practiceId)],
);

export const caseMembers = pgTable(
  'case_members',
  {
    caseId: id('case_id')
      .notNull()
      .references(() => cases.id),
    clinicianId: id('clinician_id')
      .notNull()
      .references(() => clinicians.id),
    addedBy: id('added_by')
      .notNull()
      .references(() => clinicians.id),
    addedAt: instant('added_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.clinicianId] }),
    index('case_members_clinician').on(table.clinicianId, table.caseId),
  ],
);
