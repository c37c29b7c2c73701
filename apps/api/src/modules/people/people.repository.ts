import type { ClinicianRole, Portal } from '@casetalk/contract';
import { and, asc, eq, gt, ilike, isNull, ne, or, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { notFound } from '../../problem-error.ts';
import { clinicians, patients, practices } from '../../db/schema/index.ts';

export interface Credential {
  readonly id: string;
  readonly passwordHash: string;
  /** Browsers known before this are strangers since; null when it never happened. */
  readonly devicesForgottenAt: Date | null;
}

const practice = { id: practices.id, name: practices.name, phone: practices.phone };
const clinician = {
  id: clinicians.id,
  name: clinicians.name,
  role: clinicians.role,
  jobTitle: clinicians.jobTitle,
  practice,
};

export interface ClinicianRow {
  readonly id: string;
  readonly name: string;
  readonly role: ClinicianRole;
  readonly jobTitle: string;
  readonly practice: { readonly id: string; readonly name: string; readonly phone: string };
}

const credential = (table: typeof clinicians | typeof patients) => ({
  id: table.id,
  passwordHash: table.passwordHash,
  devicesForgottenAt: table.devicesForgottenAt,
});

export const peopleRepository = {
  async credentialByEmail(tx: Tx, portal: Portal, email: string): Promise<Credential | undefined> {
    const table = portal === 'clinician' ? clinicians : patients;
    const [row] = await tx
      .select(credential(table))
      .from(table)
      .where(and(eq(table.email, email), isNull(table.disabledAt)));
    return row;
  },

  async credentialById(tx: Tx, portal: Portal, id: string): Promise<Credential | undefined> {
    const table = portal === 'clinician' ? clinicians : patients;
    const [row] = await tx.select(credential(table)).from(table).where(eq(table.id, id));
    return row;
  },

  async setPassword(tx: Tx, portal: Portal, id: string, passwordHash: string): Promise<void> {
    const table = portal === 'clinician' ? clinicians : patients;
    await tx.update(table).set({ passwordHash }).where(eq(table.id, id));
  },

  /** Puts a hash in the place of another one of the same password, unless the password has changed meanwhile. */
  async renewHash(
    tx: Tx,
    portal: Portal,
    id: string,
    { from, to }: { readonly from: string; readonly to: string },
  ): Promise<void> {
    const table = portal === 'clinician' ? clinicians : patients;
    await tx
      .update(table)
      .set({ passwordHash: to })
      .where(and(eq(table.id, id), eq(table.passwordHash, from)));
  },

  /** Makes strangers of the browsers that an account was signed in with. */
  async forgetDevices(tx: Tx, portal: Portal, id: string): Promise<void> {
    const table = portal === 'clinician' ? clinicians : patients;
    await tx.update(table).set({ devicesForgottenAt: sql`now()` }).where(eq(table.id, id));
  },

  /** What a person's account is called by. */
  async account(tx: Tx, portal: Portal, id: string): Promise<{ name: string; email: string }> {
    const table = portal === 'clinician' ? clinicians : patients;
    const [row] = await tx
      .select({ name: table.name, email: table.email })
      .from(table)
      .where(eq(table.id, id));
    if (!row) throw notFound();
    return row;
  },

  /** A number that its owner proved. */
  async setPhone(
    tx: Tx,
    patientId: string,
    { phone, phoneKind }: { phone: string; phoneKind: 'mobile' | 'landline' },
  ): Promise<void> {
    await tx.update(patients).set({ phone, phoneKind }).where(eq(patients.id, patientId));
  },

  /** An address that its owner proved. Fails when another account has it. */
  async setEmail(tx: Tx, patientId: string, email: string): Promise<void> {
    await tx.update(patients).set({ email }).where(eq(patients.id, patientId));
  },

  async setLanguage(tx: Tx, id: string, language: 'en' | 'es'): Promise<void> {
    await tx.update(patients).set({ language }).where(eq(patients.id, id));
  },

  async clinician(tx: Tx, id: string) {
    const [row] = await tx
      .select({ ...clinician, email: clinicians.email, phone: clinicians.phone })
      .from(clinicians)
      .innerJoin(practices, eq(practices.id, clinicians.practiceId))
      .where(eq(clinicians.id, id));
    return row;
  },

  async patient(tx: Tx, id: string) {
    const [row] = await tx.select().from(patients).where(eq(patients.id, id));
    return row;
  },

  /** Doctors and staff who can be asked onto a case, by name; administrators work on no case and only see each other. */
  async directory(
    tx: Tx,
    filter: {
      practiceId: string;
      practice: 'own' | 'other' | 'any';
      /** True for whoever may reset the second factors of every colleague. */
      administrators: boolean;
      search?: string;
      after?: readonly [string, string];
      limit: number;
    },
  ): Promise<ClinicianRow[]> {
    const pattern = filter.search ? `%${filter.search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%` : undefined;
    return tx
      .select(clinician)
      .from(clinicians)
      .innerJoin(practices, eq(practices.id, clinicians.practiceId))
      .where(
        and(
          isNull(clinicians.disabledAt),
          filter.administrators
            ? or(ne(clinicians.role, 'administrator'), eq(clinicians.practiceId, filter.practiceId))
            : ne(clinicians.role, 'administrator'),
          filter.practice === 'own' ? eq(clinicians.practiceId, filter.practiceId) : undefined,
          filter.practice === 'other' ? ne(clinicians.practiceId, filter.practiceId) : undefined,
          pattern
            ? or(
                ilike(clinicians.name, pattern),
                ilike(clinicians.jobTitle, pattern),
                ilike(practices.name, pattern),
              )
            : undefined,
          filter.after
            ? or(
                gt(clinicians.name, filter.after[0]),
                and(eq(clinicians.name, filter.after[0]), gt(clinicians.id, sql`${filter.after[1]}::uuid`)),
              )
            : undefined,
        ),
      )
      .orderBy(asc(clinicians.name), asc(clinicians.id))
      .limit(filter.limit);
  },
};
