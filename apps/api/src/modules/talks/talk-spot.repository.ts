import { and, eq, sql } from 'drizzle-orm';
import type { Tx, Viewer } from '../../db/database.ts';
import { talks } from '../../db/schema/index.ts';

/**
 * The case of a talk of the viewer's own. A patient keeps the talks they joined; a clinician has hers as long as she sees
 * the case.
 * @returns undefined when the viewer does not see the talk
 */
export async function talkSpot(tx: Tx, viewer: Viewer, talkId: string): Promise<string | undefined> {
  const isMine =
    viewer.kind === 'patient'
      ? eq(talks.patientId, viewer.id)
      : and(eq(talks.clinicianId, viewer.id), sql`app_sees_case(${talks.caseId})`);
  const [talk] = await tx
    .select({ caseId: talks.caseId })
    .from(talks)
    .where(and(eq(talks.id, talkId), isMine));
  return talk?.caseId;
}
