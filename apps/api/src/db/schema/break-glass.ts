import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { cases } from './cases.ts';
import { id, instant } from './columns.ts';
import { clinicians, practices } from './people.ts';
import { talks } from './talks.ts';

/**
 * An administrator's emergency access to one talk of a clinician of her practice: to read, until it expires or is ended.
 * Kept for good.
 */
export const breakGlassGrants = pgTable(
  'break_glass_grants',
  {
    id: id().primaryKey(),
    administratorId: id('administrator_id')
      .notNull()
      .references(() => clinicians.id),
    /** The administrator's and the clinician's. */
    practiceId: id('practice_id')
      .notNull()
      .references(() => practices.id),
    talkId: id('talk_id')
      .notNull()
      .references(() => talks.id),
    caseId: id('case_id')
      .notNull()
      .references(() => cases.id),
    clinicianId: id('clinician_id')
      .notNull()
      .references(() => clinicians.id),
    reason: text('reason').notNull(),
    startedAt: instant('started_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
    endedAt: instant('ended_at'),
    endedBy: id('ended_by').references(() => clinicians.id),
  },
  (table) => [
    index('break_glass_grants_talk').on(table.talkId, table.startedAt.desc(), table.id.desc()),
    index('break_glass_grants_practice').on(table.practiceId, table.startedAt.desc(), table.id.desc()),
  ],
);
