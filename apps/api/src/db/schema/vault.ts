import { sql } from 'drizzle-orm';
import { boolean, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { bytes, id, instant } from './columns.ts';

/** The keys that wrap data keys, by id alone; the keys themselves are never here. */
export const vaultKeys = pgTable(
  'vault_keys',
  {
    id: text('id').primaryKey(),
    /** A known value, wrapped: a process with another key finds out before it serves anybody. */
    keyCheck: bytes('key_check').notNull(),
    /** New data keys are wrapped under this one. */
    isCurrent: boolean('is_current').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    /** When a rotation found nothing left under it. */
    retiredAt: instant('retired_at'),
  },
  (table) => [uniqueIndex('vault_keys_one_current').on(table.isCurrent).where(sql`${table.isCurrent}`)],
);

/** The wrapped key of each talk and case that anything was sealed for. The owner's id is a talk's or a case's. */
export const dataKeys = pgTable(
  'data_keys',
  {
    ownerId: id('owner_id').primaryKey(),
    ownerKind: text('owner_kind', { enum: ['talk', 'case'] }).notNull(),
    vaultKeyId: text('vault_key_id')
      .notNull()
      .references(() => vaultKeys.id),
    wrapped: bytes('wrapped').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    wrappedAt: instant('wrapped_at').notNull().defaultNow(),
  },
  (table) => [index('data_keys_vault_key').on(table.vaultKeyId)],
);

/** What an older version wrote in plain and `migrate` has not finished sealing; empty ever after. */
export const sealingBacklog = pgTable('sealing_backlog', { part: text('part').primaryKey() });
