import type { PracticeSettings } from '@casetalk/contract';
import { eq, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { clinicians, practices } from '../../db/schema/index.ts';

/** The practice that a clinician belongs to. */
const ownPractice = (clinicianId: string) =>
  sql`${practices.id} = (select c.practice_id from ${clinicians} c where c.id = ${clinicianId})`;

export const practiceRepository = {
  async settingsOf(tx: Tx, clinicianId: string): Promise<PracticeSettings | undefined> {
    const [row] = await tx
      .select({ sendsReminders: practices.sendsReminders })
      .from(practices)
      .innerJoin(clinicians, eq(clinicians.practiceId, practices.id))
      .where(eq(clinicians.id, clinicianId));
    return row;
  },

  /** @returns the practice's id */
  async choose(tx: Tx, clinicianId: string, settings: PracticeSettings): Promise<string | undefined> {
    const [row] = await tx
      .update(practices)
      .set(settings)
      .where(ownPractice(clinicianId))
      .returning({ id: practices.id });
    return row?.id;
  },
};
