import type { ClinicianRole } from '@casetalk/contract';
import { and, eq, exists, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import { alias, type PgColumn, QueryBuilder } from 'drizzle-orm/pg-core';
import type { Tx, Viewer } from '../../db/database.ts';
import { caseMembers, cases, clinicians } from '../../db/schema/index.ts';

/** What a policy needs to know of a case and of the clinician who asks. */
export interface CaseFacts {
  readonly id: string;
  readonly practiceId: string;
  readonly patientName: string;
  readonly title: string;
  readonly status: 'open' | 'closed';
  readonly version: number;
  /** Why the clinician sees the case. */
  readonly myRole: 'member' | 'caseManager';
}

export interface PersonOnCase {
  readonly id: string;
  readonly name: string;
  readonly role: ClinicianRole;
}

const builder = new QueryBuilder();
const doctor = alias(clinicians, 'doctor');

const isMember = (caseId: PgColumn | SQL, clinicianId: PgColumn | SQL): SQL =>
  exists(
    builder
      .select({ one: sql`1` })
      .from(caseMembers)
      .where(and(eq(caseMembers.caseId, caseId), eq(caseMembers.clinicianId, clinicianId))),
  );

/** Of the practice of a doctor who is a member; compared with the `clinicians` row of the query around it. */
const managesCase = (caseId: PgColumn | SQL): SQL | undefined =>
  and(
    eq(clinicians.role, 'caseManager'),
    exists(
      builder
        .select({ one: sql`1` })
        .from(caseMembers)
        .innerJoin(doctor, and(eq(doctor.id, caseMembers.clinicianId), eq(doctor.role, 'doctor')))
        .where(and(eq(caseMembers.caseId, caseId), eq(doctor.practiceId, clinicians.practiceId))),
    ),
  );

export const caseAccessRepository = {
  /** @returns undefined for a case that is missing and for one that the viewer does not see */
  async facts(tx: Tx, viewer: Viewer, caseId: string): Promise<CaseFacts | undefined> {
    const member = isMember(cases.id, clinicians.id);
    const [row] = await tx
      .select({
        id: cases.id,
        practiceId: cases.practiceId,
        patientName: cases.patientName,
        title: cases.title,
        status: cases.status,
        version: cases.version,
        isMember: sql<boolean>`${member}`,
      })
      .from(cases)
      .innerJoin(
        clinicians,
        and(
          eq(clinicians.id, viewer.id),
          ne(clinicians.role, 'administrator'),
          isNull(clinicians.disabledAt),
        ),
      )
      .where(and(eq(cases.id, caseId), or(member, managesCase(cases.id))));
    if (!row || viewer.kind !== 'clinician') return undefined;
    const { isMember: joined, ...facts } = row;
    return { ...facts, myRole: joined ? 'member' : 'caseManager' };
  },

  /** Everyone who sees the case: its members, and the case managers of its doctors' practices; by name. */
  async people(tx: Tx, caseId: string): Promise<PersonOnCase[]> {
    const person = { id: clinicians.id, name: clinicians.name, role: clinicians.role };
    const members = tx
      .select(person)
      .from(caseMembers)
      .innerJoin(clinicians, eq(clinicians.id, caseMembers.clinicianId))
      .where(
        and(
          eq(caseMembers.caseId, caseId),
          ne(clinicians.role, 'administrator'),
          isNull(clinicians.disabledAt),
        ),
      );
    const managers = tx
      .select(person)
      .from(caseMembers)
      .innerJoin(doctor, and(eq(doctor.id, caseMembers.clinicianId), eq(doctor.role, 'doctor')))
      .innerJoin(
        clinicians,
        and(
          eq(clinicians.practiceId, doctor.practiceId),
          eq(clinicians.role, 'caseManager'),
          isNull(clinicians.disabledAt),
        ),
      )
      .where(eq(caseMembers.caseId, caseId));
    const people = await members.union(managers);
    return people.sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
  },
};
