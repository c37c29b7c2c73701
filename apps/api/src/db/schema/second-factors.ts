import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  index,
  integer,
  pgTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { bytes, id, instant } from './columns.ts';
import { phoneKind, portal } from './enums.ts';
import { clinicians, patients } from './people.ts';

/** Whose it is: a clinician's or a patient's, as `portal` says. */
const owner = {
  portal: portal('portal').notNull(),
  clinicianId: id('clinician_id').references(() => clinicians.id),
  patientId: id('patient_id').references(() => patients.id),
};

const ownedByOne = (
  name: string,
  table: { portal: AnyPgColumn; clinicianId: AnyPgColumn; patientId: AnyPgColumn },
) =>
  check(
    name,
    sql`(${table.portal} = 'clinician' and ${table.clinicianId} is not null and ${table.patientId} is null)
      or (${table.portal} = 'patient' and ${table.patientId} is not null and ${table.clinicianId} is null)`,
  );

/**
 * One exchange in which a second factor is proved or set up: of a sign-in whose password was right, or of a session. Keeps
 * what the exchange has asked for.
 */
export const factorCeremonies = pgTable(
  'factor_ceremonies',
  {
    id: id().primaryKey(),
    ...owner,
    /** The session whose exchange it is; null for a sign-in's. */
    sessionId: id('session_id'),
    /** SHA-256 of the sign-in's cookie; null for a session's. */
    tokenHash: bytes('token_hash'),
    /** What the session will be recognised by. */
    device: text('device'),
    /** The live passkey challenge, base64url, and what it was made for. */
    challenge: text('challenge'),
    challengeFor: text('challenge_for').$type<'creation' | 'proof'>(),
    /** The secret of an authenticator app that has not given a code yet, sealed and bound to this row. */
    sealedSecret: bytes('sealed_secret'),
    codeTriesUsed: integer('code_tries_used').notNull().default(0),
    codeSends: integer('code_sends').notNull().default(0),
    codeLockedUntil: instant('code_locked_until'),
    createdAt: instant('created_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (table) => [
    uniqueIndex('factor_ceremonies_token').on(table.tokenHash),
    uniqueIndex('factor_ceremonies_session').on(table.sessionId),
    index('factor_ceremonies_clinician').on(table.clinicianId),
    index('factor_ceremonies_patient').on(table.patientId),
    ownedByOne('factor_ceremonies_person', table),
    check('factor_ceremonies_kind', sql`(${table.sessionId} is null) <> (${table.tokenHash} is null)`),
  ],
);

/** An authenticator app (RFC 6238); one for each person. */
export const authenticators = pgTable(
  'authenticators',
  {
    id: id().primaryKey(),
    ...owner,
    /** AES-256-GCM under the server's key, bound to this row. */
    sealedSecret: bytes('sealed_secret').notNull(),
    /** The time step of the latest code that was accepted: it and those before it work no more. */
    lastStep: bigint('last_step', { mode: 'number' }).notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    lastUsedAt: instant('last_used_at'),
  },
  (table) => [
    uniqueIndex('authenticators_clinician').on(table.clinicianId),
    uniqueIndex('authenticators_patient').on(table.patientId),
    ownedByOne('authenticators_person', table),
  ],
);

/** A passkey (WebAuthn): its public half. */
export const passkeys = pgTable(
  'passkeys',
  {
    id: id().primaryKey(),
    ...owner,
    credentialId: bytes('credential_id').notNull(),
    /** COSE. */
    publicKey: bytes('public_key').notNull(),
    /** How often the authenticator says it was used; some always say 0. */
    counter: bigint('counter', { mode: 'number' }).notNull(),
    transports: text('transports').array().notNull(),
    synced: boolean('synced').notNull(),
    name: text('name').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    lastUsedAt: instant('last_used_at'),
  },
  (table) => [
    uniqueIndex('passkeys_credential').on(table.credentialId),
    index('passkeys_clinician').on(table.clinicianId),
    index('passkeys_patient').on(table.patientId),
    ownedByOne('passkeys_person', table),
  ],
);

/** Recovery codes of clinicians, as keyed hashes bound to their owner. */
export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    id: id().primaryKey(),
    clinicianId: id('clinician_id')
      .notNull()
      .references(() => clinicians.id),
    codeHash: bytes('code_hash').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    usedAt: instant('used_at'),
  },
  (table) => [uniqueIndex('recovery_codes_code').on(table.clinicianId, table.codeHash)],
);

/** A patient's new phone number or email address that is still to be proved. */
export const contactChanges = pgTable(
  'contact_changes',
  {
    id: id().primaryKey(),
    patientId: id('patient_id')
      .notNull()
      .references(() => patients.id),
    /** E.164 */
    phone: text('phone'),
    phoneKind: phoneKind('phone_kind'),
    email: text('email'),
    /** The address before the change, which is told of it. */
    oldEmail: text('old_email'),
    /** SHA-256 of the secret in the link to the new address; null until the mail is made. */
    tokenHash: bytes('token_hash'),
    codeTriesUsed: integer('code_tries_used').notNull().default(0),
    codeSends: integer('code_sends').notNull().default(0),
    codeLockedUntil: instant('code_locked_until'),
    createdAt: instant('created_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (table) => [
    uniqueIndex('contact_changes_token').on(table.tokenHash),
    index('contact_changes_patient').on(table.patientId, table.createdAt),
    check('contact_changes_kind', sql`(${table.phone} is null) <> (${table.email} is null)`),
  ],
);
