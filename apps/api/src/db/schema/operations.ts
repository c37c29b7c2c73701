import { bigint, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { bytes, id, instant } from './columns.ts';

/**
 * Who did what to which record, when, from where, with what outcome. Ids alone, never words. Only ever added to, and
 * sealed soon after: see `audit_seals`. Each act writes a row, so an index here must be dear to somebody: the two B-trees
 * leave out what most rows are, and BRIN writes nothing for a row.
 */
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
    /** The emergency access by which it was done. */
    grantId: id('grant_id'),
    /** The transaction that wrote the row: when all before it have ended, the rows of this one can be sealed. */
    tx: bigint('tx', { mode: 'bigint' }).notNull().default(sql`app_audit_order()`),
  },
  (table) => [
    index('audit_events_access')
      .on(table.talkId, table.at.desc(), table.id.desc())
      .where(
        sql`action in ('talk.viewed', 'talk.read', 'attachment.downloaded', 'attachment.shared', 'attachment.unshared', 'breakGlass.started', 'breakGlass.ended')`,
      ),
    index('audit_events_case_downloads')
      .on(table.resourceId, table.at.desc(), table.id.desc())
      .where(sql`action = 'caseAttachment.downloaded'`),
    index('audit_events_order').using('brin', table.tx).with({ pages_per_range: 16, autosummarize: true }),
  ],
);

/**
 * The chain over the audit events: each seal covers the rows that were settled since the one before, in the order of
 * their transactions and ids. Only ever added to.
 */
export const auditSeals = pgTable('audit_seals', {
  number: bigint('number', { mode: 'number' }).primaryKey(),
  /** The last row that it covers. */
  lastTx: bigint('last_tx', { mode: 'bigint' }).notNull(),
  lastId: id('last_id').notNull(),
  /** How many rows the chain covers up to here. */
  rows: bigint('rows', { mode: 'number' }).notNull(),
  /** For each of its rows 16 bytes of id and 32 of hash: the latter over the one before and the row. */
  links: bytes('links').notNull(),
  sealedAt: instant('sealed_at').notNull().defaultNow(),
});

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

/**
 * How the delivery providers stand, for all workers together: a provider that fails again and again is left alone but for
 * one try now and then. There is a row from a provider's first failure on.
 */
export const providerCircuits = pgTable('provider_circuits', {
  provider: text('provider').primaryKey(),
  /** Failures since it last answered. */
  failures: integer('failures').notNull(),
  /** Since when it is left alone; null while it is used. */
  openedAt: instant('opened_at'),
  /** When one job may try it again; null while it is used. */
  probeAt: instant('probe_at'),
});
