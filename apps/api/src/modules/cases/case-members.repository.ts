import type { ClinicianRole } from '@casetalk/contract';
import { and, asc, eq, isNull, ne, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Tx } from '../../db/database.ts';
import { caseMembers, cases, clinicians, practices } from '../../db/schema/index.ts';

export interface MemberRow {
  readonly id: string;
  readonly name: string;
  readonly role: ClinicianRole;
  readonly jobTitle: string;
  readonly practice: { readonly id: string; readonly name: string; readonly phone: string };
  readonly addedAt: Date;
  readonly addedBy: string;
}

const adder = alias(clinicians, 'adder');

export const caseMembersRepository = {
  /** The members of a case that the caller has been seen to see, in the order in which they were added. */
  async list(tx: Tx, caseId: string): Promise<MemberRow[]> {
    return tx
      .select({
        id: clinicians.id,
        name: clinicians.name,
        role: clinicians.role,
        jobTitle: clinicians.jobTitle,
        practice: { id: practices.id, name: practices.name, phone: practices.phone },
        addedAt: caseMembers.addedAt,
        addedBy: adder.name,
      })
      .from(caseMembers)
      .innerJoin(clinicians, eq(clinicians.id, caseMembers.clinicianId))
      .innerJoin(practices, eq(practices.id, clinicians.practiceId))
      .innerJoin(adder, eq(adder.id, caseMembers.addedBy))
      .where(eq(caseMembers.caseId, caseId))
      .orderBy(asc(caseMembers.addedAt), asc(clinicians.id));
  },

  /** True for anyone who may work on cases: a doctor, staff member or case manager of any practice. */
  async mayBeMember(tx: Tx, clinicianId: string): Promise<boolean> {
    const [row] = await tx
      .select({ id: clinicians.id })
      .from(clinicians)
      .where(
        and(
          eq(clinicians.id, clinicianId),
          ne(clinicians.role, 'administrator'),
          isNull(clinicians.disabledAt),
        ),
      );
    return row !== undefined;
  },

  /** @returns false when the clinician is a member already */
  async add(tx: Tx, caseId: string, clinicianId: string, addedBy: string): Promise<boolean> {
    const added = await tx
      .insert(caseMembers)
      .values({ caseId, clinicianId, addedBy })
      .onConflictDoNothing()
      .returning({ clinicianId: caseMembers.clinicianId });
    return added.length === 1;
  },

  /** Lets one change of the members happen after the other: two who remove each other must not leave nobody. */
  async lock(tx: Tx, caseId: string): Promise<void> {
    await tx.select({ id: cases.id }).from(cases).where(eq(cases.id, caseId)).for('update');
  },

  async count(tx: Tx, caseId: string): Promise<number> {
    const [row] = await tx
      .select({ count: sql<number>`count(*)::int` })
      .from(caseMembers)
      .where(eq(caseMembers.caseId, caseId));
    return row?.count ?? 0;
  },

  /** @returns false when the clinician is no member */
  async remove(tx: Tx, caseId: string, clinicianId: string): Promise<boolean> {
    const removed = await tx
      .delete(caseMembers)
      .where(and(eq(caseMembers.caseId, caseId), eq(caseMembers.clinicianId, clinicianId)))
      .returning({ clinicianId: caseMembers.clinicianId });
    return removed.length === 1;
  },
};
