import { boolean, check, index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { bytes, id, instant } from './columns.ts';
import { clinicianRole, language, phoneKind, portal } from './enums.ts';

export const practices = pgTable('practices', {
  id: id().primaryKey(),
  name: text('name').notNull(),
  /** As the practice writes it, shown to patients. */
  phone: text('phone').notNull(),
  /** The first message of an invitation whose clinician wrote none, by language. */
  welcome: jsonb('welcome').$type<{ en: string; es: string }>().notNull(),
  /** How soon the practice usually answers, by language. */
  replyTime: jsonb('reply_time').$type<{ en: string; es: string }>().notNull(),
  invitationLifeDays: integer('invitation_life_days').notNull().default(7),
  /** Whether invitees who have not registered are reminded. */
  sendsReminders: boolean('sends_reminders').notNull().default(true),
  createdAt: instant('created_at').notNull().defaultNow(),
});

export const clinicians = pgTable(
  'clinicians',
  {
    id: id().primaryKey(),
    practiceId: id('practice_id')
      .notNull()
      .references(() => practices.id),
    name: text('name').notNull(),
    email: text('email').notNull(),
    role: clinicianRole('role').notNull(),
    jobTitle: text('job_title').notNull(),
    /** E.164; where the code of a password reset goes. */
    phone: text('phone').notNull(),
    phoneKind: phoneKind('phone_kind').notNull().default('mobile'),
    passwordHash: text('password_hash').notNull(),
    /** Browsers that were known before this are strangers since. */
    devicesForgottenAt: instant('devices_forgotten_at'),
    disabledAt: instant('disabled_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('clinicians_email').on(table.email),
    index('clinicians_practice').on(table.practiceId, table.name),
  ],
);

/** One account for each email address, however many cases, practices and clinicians. */
export const patients = pgTable(
  'patients',
  {
    id: id().primaryKey(),
    name: text('name').notNull(),
    email: text('email').notNull(),
    /** E.164, proved by a code at registration. */
    phone: text('phone').notNull(),
    phoneKind: phoneKind('phone_kind').notNull(),
    language: language('language').notNull(),
    passwordHash: text('password_hash').notNull(),
    termsVersion: text('terms_version').notNull(),
    /** Browsers that were known before this are strangers since. */
    devicesForgottenAt: instant('devices_forgotten_at'),
    disabledAt: instant('disabled_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [uniqueIndex('patients_email').on(table.email)],
);

export const sessions = pgTable(
  'sessions',
  {
    id: id().primaryKey(),
    portal: portal('portal').notNull(),
    clinicianId: id('clinician_id').references(() => clinicians.id),
    patientId: id('patient_id').references(() => patients.id),
    /** SHA-256 of the cookie's value. */
    tokenHash: bytes('token_hash').notNull(),
    device: text('device').notNull(),
    /** When the person last proved the password and a second factor in this session; null when never. */
    passwordProvedAt: instant('password_proved_at'),
    factorProvedAt: instant('factor_proved_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
    lastSeenAt: instant('last_seen_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    uniqueIndex('sessions_token').on(table.tokenHash),
    index('sessions_clinician').on(table.clinicianId),
    index('sessions_patient').on(table.patientId),
    check(
      'sessions_person',
      sql`(${table.portal} = 'clinician' and ${table.clinicianId} is not null and ${table.patientId} is null)
        or (${table.portal} = 'patient' and ${table.patientId} is not null and ${table.clinicianId} is null)`,
    ),
  ],
);

/** Failed sign-ins of one address at one portal; the address is kept as a keyed hash, so unknown ones count alike. */
export const signInFailures = pgTable('sign_in_failures', {
  key: text('key').primaryKey(),
  failures: integer('failures').notNull(),
  blockedUntil: instant('blocked_until'),
  updatedAt: instant('updated_at').notNull().defaultNow(),
});

export const termsAcceptances = pgTable('terms_acceptances', {
  id: id().primaryKey(),
  patientId: id('patient_id').references(() => patients.id),
  /** The invitation in whose registration they were accepted, before there was an account. */
  invitationId: id('invitation_id'),
  version: text('version').notNull(),
  hash: text('hash').notNull(),
  language: language('language').notNull(),
  ip: text('ip').notNull(),
  acceptedAt: instant('accepted_at').notNull().defaultNow(),
});
