import { check, pgTable, primaryKey, text, time } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { id, instant } from './columns.ts';
import { noticeChannel, portal } from './enums.ts';

/** How and when somebody wants to be told of unread messages; who has no row is told by email, at any hour. */
export const noticeChoices = pgTable(
  'notice_choices',
  {
    personKind: portal('person_kind').notNull(),
    personId: id('person_id').notNull(),
    channel: noticeChannel('channel').notNull(),
    /** Quiet hours, in the person's own time zone. */
    quietFrom: time('quiet_from', { precision: 0 }),
    quietTo: time('quiet_to', { precision: 0 }),
    timeZone: text('time_zone'),
    changedAt: instant('changed_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.personKind, table.personId] }),
    check(
      'notice_choices_quiet',
      sql`num_nonnulls(${table.quietFrom}, ${table.quietTo}, ${table.timeZone}) in (0, 3)`,
    ),
  ],
);
