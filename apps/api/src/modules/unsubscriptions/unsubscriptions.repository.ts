import type { Language } from '@casetalk/contract';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Tx, Viewer } from '../../db/database.ts';
import { clinicians, invitations, patients, practices } from '../../db/schema/index.ts';

/** To whom notices go, and in whose name. */
export interface Recipient {
  readonly email: string;
  readonly language: Language;
  /** Null for a patient whom no practice has invited yet. */
  readonly practice: { readonly name: string; readonly phone: string } | null;
}

const practice = { name: practices.name, phone: practices.phone };

export const unsubscriptionRepository = {
  async person(tx: Tx, { kind, id }: Viewer): Promise<Recipient | undefined> {
    if (kind === 'clinician') {
      const [row] = await tx
        .select({ email: clinicians.email, practice })
        .from(clinicians)
        .innerJoin(practices, eq(practices.id, clinicians.practiceId))
        .where(and(eq(clinicians.id, id), isNull(clinicians.disabledAt)));
      return row && { ...row, language: 'en' };
    }
    const [row] = await tx
      .select({ email: patients.email, language: patients.language, practice })
      .from(patients)
      .leftJoin(invitations, eq(invitations.patientId, patients.id))
      .leftJoin(practices, eq(practices.id, invitations.practiceId))
      .where(and(eq(patients.id, id), isNull(patients.disabledAt)))
      .orderBy(sql`${invitations.registeredAt} desc nulls last`)
      .limit(1);
    return row;
  },
};
