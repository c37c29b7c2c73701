import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bytes, id, instant } from './columns.ts';
import { portal } from './enums.ts';

/**
 * What a person has begun to write in a talk, or in the doctor talk of a case, and not sent: hers alone. Sent or thrown
 * away it keeps its row without words, so that a save which comes late finds another version than its own.
 */
export const drafts = pgTable(
  'drafts',
  {
    /** The talk, or the case whose doctor talk it is: its data key seals the words. */
    ownerId: id('owner_id').notNull(),
    ownerKind: text('owner_kind', { enum: ['talk', 'case'] }).notNull(),
    caseId: id('case_id').notNull(),
    personKind: portal('person_kind').notNull(),
    personId: id('person_id').notNull(),
    /** The id of the last save, to which its words are bound. */
    id: id().notNull(),
    /** Null when there are no words. */
    body: bytes('body'),
    version: integer('version').notNull(),
    /** The composer that saved last; null once its draft was sent or thrown away. */
    writer: uuid('writer'),
    savedAt: instant('saved_at').notNull().defaultNow(),
  },
  // The person comes first: everything here is asked by its owner.
  (table) => [primaryKey({ columns: [table.personId, table.ownerId] })],
);
