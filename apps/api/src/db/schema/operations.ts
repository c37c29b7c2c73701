import { bigint, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bytes, id, instant } from './columns.ts';

/** Who did what to which record, when, from where, with what outcome. Ids alone, never words. Only ever added to. */
export const auditEvents = pgTable(
  'audit_events',
  {
    id: id().primaryKey(),
    at: instant('at').notNull().defaultNow(),
    actorKind: text('actor_kind').notNull(),
    actorId: id('actor_id'),
    action: text('action').notNull(),
    resourceType: text('resource_type').notNull(),
    resourceId: id('resource_id'),
    caseId: id('case_id'),
    talkId: id('talk_id'),
    outcome: text('outcome').notNull().default('success'),
    ip: text('ip'),
    requestId: text('request_id'),
  },
  (table) => [index('audit_events_resource').on(table.resourceId, table.at)],
);

/** What an Idempotency-Key already made, written in the transaction that made it. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    personId: id('person_id').notNull(),
    key: uuid('key').notNull(),
    operation: text('operation').notNull(),
    requestHash: bytes('request_hash').notNull(),
    resourceId: id('resource_id'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.personId, table.key] }),
    index('idempotency_keys_time').on(table.createdAt),
  ],
);

/** How often something happened in a window of time; counted by one conditional statement. */
export const rateCounters = pgTable(
  'rate_counters',
  {
    key: text('key').notNull(),
    /** The window's start, in seconds since 1970. */
    window: bigint('window', { mode: 'number' }).notNull(),
    count: integer('count').notNull(),
  },
  (table) => [primaryKey({ columns: [table.key, table.window] })],
);
