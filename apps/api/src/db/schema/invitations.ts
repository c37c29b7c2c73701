import { boolean, check, index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { cases } from './cases.ts';
import { bytes, id, instant } from './columns.ts';
import {
  assurance,
  channel,
  invitationState,
  language,
  mailDelivery,
  phoneKind,
  portal,
  verificationState,
} from './enums.ts';
import { clinicians, patients, practices } from './people.ts';
import { contactChanges, factorCeremonies } from './second-factors.ts';
import { talks } from './talks.ts';

export const invitations = pgTable(
  'invitations',
  {
    id: id().primaryKey(),
    caseId: id('case_id')
      .notNull()
      .references(() => cases.id),
    talkId: id('talk_id')
      .notNull()
      .references(() => talks.id),
    clinicianId: id('clinician_id')
      .notNull()
      .references(() => clinicians.id),
    practiceId: id('practice_id')
      .notNull()
      .references(() => practices.id),
    /** The account that accepted; null until then. */
    patientId: id('patient_id').references(() => patients.id),
    email: text('email').notNull(),
    /** E.164, as given by the clinic. */
    mobile: text('mobile'),
    landline: text('landline'),
    language: language('language').notNull(),
    state: invitationState('state').notNull().default('pending'),
    /** SHA-256 of the link's secret; null until the mail is first made. */
    tokenHash: bytes('token_hash'),
    /** Counts the links: a mail job of an older link is dropped. */
    linkNumber: integer('link_number').notNull().default(1),
    delivery: mailDelivery('delivery').notNull().default('queued'),
    deliveryReason: text('delivery_reason'),
    sentAt: instant('sent_at'),
    deliveredAt: instant('delivered_at'),
    bouncedAt: instant('bounced_at'),
    openedAt: instant('opened_at'),
    codeSentAt: instant('code_sent_at'),
    codeFailedAt: instant('code_failed_at'),
    codeFailure: text('code_failure'),
    verifiedAt: instant('verified_at'),
    termsAcceptedAt: instant('terms_accepted_at'),
    registeredAt: instant('registered_at'),
    endedAt: instant('ended_at'),
    helpRequestedAt: instant('help_requested_at'),
    /** When the invitee asked for no more reminders. */
    remindersStoppedAt: instant('reminders_stopped_at'),
    assurance: assurance('assurance'),
    /** Tries and sends are counted here as well, so that a new code or channel never refills them. */
    codeTriesUsed: integer('code_tries_used').notNull().default(0),
    codeSends: integer('code_sends').notNull().default(0),
    codeLockedUntil: instant('code_locked_until'),
    createdAt: instant('created_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    uniqueIndex('invitations_token').on(table.tokenHash),
    uniqueIndex('invitations_one_pending')
      .on(table.caseId, table.clinicianId)
      .where(sql`${table.state} in ('pending', 'opened', 'verified')`),
    index('invitations_clinician_case').on(table.clinicianId, table.caseId, table.createdAt),
    index('invitations_waiting')
      .on(table.email)
      .where(sql`${table.state} in ('pending', 'opened', 'verified')`),
    check('invitations_tries', sql`${table.codeTriesUsed} >= 0`),
  ],
);

/**
 * A reminder of an invitation whose link has not led to an account yet. Its link is one more to the same invitation: the
 * one in the mail before goes on working.
 */
export const invitationReminders = pgTable(
  'invitation_reminders',
  {
    id: id().primaryKey(),
    invitationId: id('invitation_id')
      .notNull()
      .references(() => invitations.id),
    /** The invitation's link that it reminds of: a newer link begins anew. */
    linkNumber: integer('link_number').notNull(),
    /** 1 for the first. */
    number: integer('number').notNull(),
    /** SHA-256 of the secret of its own link; null until the mail is first made. */
    tokenHash: bytes('token_hash'),
    createdAt: instant('created_at').notNull().defaultNow(),
    sentAt: instant('sent_at'),
  },
  (table) => [
    uniqueIndex('invitation_reminders_once').on(table.invitationId, table.linkNumber, table.number),
    uniqueIndex('invitation_reminders_token').on(table.tokenHash),
  ],
);

/** One browser's way from an emailed link to an account; its secret is the flow cookie. */
export const registrations = pgTable(
  'registrations',
  {
    id: id().primaryKey(),
    invitationId: id('invitation_id')
      .notNull()
      .references(() => invitations.id),
    /** The invitation's link that started it: a new link ends the flows of the old one. */
    linkNumber: integer('link_number').notNull(),
    flowHash: bytes('flow_hash').notNull(),
    /** E.164, typed by the invitee; only while the clinic gave no number. */
    enteredPhone: text('entered_phone'),
    enteredPhoneKind: phoneKind('entered_phone_kind'),
    verifiedAt: instant('verified_at'),
    verifiedPhone: text('verified_phone'),
    verifiedPhoneKind: phoneKind('verified_phone_kind'),
    termsVersion: text('terms_version'),
    endedAt: instant('ended_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
    lastSeenAt: instant('last_seen_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    uniqueIndex('registrations_flow').on(table.flowHash),
    index('registrations_invitation').on(table.invitationId),
  ],
);

export const passwordResets = pgTable(
  'password_resets',
  {
    id: id().primaryKey(),
    portal: portal('portal').notNull(),
    clinicianId: id('clinician_id').references(() => clinicians.id),
    patientId: id('patient_id').references(() => patients.id),
    tokenHash: bytes('token_hash'),
    flowHash: bytes('flow_hash'),
    verifiedAt: instant('verified_at'),
    usedAt: instant('used_at'),
    codeTriesUsed: integer('code_tries_used').notNull().default(0),
    codeSends: integer('code_sends').notNull().default(0),
    codeLockedUntil: instant('code_locked_until'),
    createdAt: instant('created_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
    flowExpiresAt: instant('flow_expires_at'),
  },
  (table) => [
    uniqueIndex('password_resets_token').on(table.tokenHash),
    uniqueIndex('password_resets_flow').on(table.flowHash),
    index('password_resets_clinician').on(table.clinicianId),
    index('password_resets_patient').on(table.patientId),
  ],
);

/** One secret code and what became of it. Belongs to one flow: what it is for. */
export const verifications = pgTable(
  'verifications',
  {
    id: id().primaryKey(),
    registrationId: id('registration_id').references(() => registrations.id),
    passwordResetId: id('password_reset_id').references(() => passwordResets.id),
    factorCeremonyId: id('factor_ceremony_id').references(() => factorCeremonies.id),
    contactChangeId: id('contact_change_id').references(() => contactChanges.id),
    channel: channel('channel').notNull(),
    phone: text('phone').notNull(),
    phoneKind: phoneKind('phone_kind').notNull(),
    /** AES-256-GCM under the server's key, bound to this row: repeated to the person, readable by no dump. */
    sealedCode: bytes('sealed_code').notNull(),
    state: verificationState('state').notNull().default('sending'),
    failure: text('failure'),
    triesUsed: integer('tries_used').notNull().default(0),
    sends: integer('sends').notNull().default(1),
    createdAt: instant('created_at').notNull().defaultNow(),
    lastSentAt: instant('last_sent_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
    consumedAt: instant('consumed_at'),
  },
  (table) => [
    index('verifications_registration').on(table.registrationId, table.createdAt),
    index('verifications_password_reset').on(table.passwordResetId, table.createdAt),
    index('verifications_factor_ceremony').on(table.factorCeremonyId, table.createdAt),
    index('verifications_contact_change').on(table.contactChangeId, table.createdAt),
    check(
      'verifications_flow',
      sql`num_nonnulls(${table.registrationId}, ${table.passwordResetId}, ${table.factorCeremonyId}, ${table.contactChangeId}) = 1`,
    ),
  ],
);

/** Every code that left, for the caps by number and by network; numbers as keyed hashes. */
export const codeSends = pgTable(
  'code_sends',
  {
    id: id().primaryKey(),
    verificationId: id('verification_id')
      .notNull()
      .references(() => verifications.id),
    phoneHash: bytes('phone_hash').notNull(),
    network: text('network').notNull(),
    channel: channel('channel').notNull(),
    sentAt: instant('sent_at').notNull().defaultNow(),
  },
  (table) => [
    index('code_sends_phone').on(table.phoneHash, table.sentAt),
    index('code_sends_network').on(table.network, table.sentAt),
    index('code_sends_time').on(table.sentAt),
  ],
);

/** One mail, text or call handed to a provider, so that its later word about it finds home. */
export const deliveries = pgTable(
  'deliveries',
  {
    id: id().primaryKey(),
    purpose: text('purpose').notNull(),
    invitationId: id('invitation_id').references(() => invitations.id),
    linkNumber: integer('link_number'),
    verificationId: id('verification_id').references(() => verifications.id),
    providerId: text('provider_id'),
    state: text('state').notNull().default('queued'),
    reason: text('reason'),
    final: boolean('final').notNull().default(false),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [index('deliveries_invitation').on(table.invitationId)],
);
