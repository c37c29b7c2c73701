import { and, eq, sql } from 'drizzle-orm';
import type { Tx, Viewer } from '../../db/database.ts';
import { attachments, caseAttachments, files, talks } from '../../db/schema/index.ts';

const bytes = sql<number>`coalesce(sum(${files.size}), 0)::float8`;

export const quotaRepository = {
  /**
   * Makes a person's uploads wait for each other while they are written down, so that what is counted is what is stored,
   * whichever talks and cases they go to. Held until the transaction ends; taken before any row is locked.
   */
  async lockPerson(tx: Tx, viewer: Viewer): Promise<void> {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`uploads ${viewer.id}`}, 0))`);
  },

  /** Bytes that the viewer uploaded within 24 hours, to talks and to cases. */
  async dayBytes(tx: Tx, viewer: Viewer): Promise<number> {
    const [toTalks] = await tx
      .select({ bytes })
      .from(talks)
      .innerJoin(attachments, eq(attachments.talkId, talks.id))
      .innerJoin(files, eq(files.id, attachments.fileId))
      .where(
        and(
          viewer.kind === 'clinician' ? eq(talks.clinicianId, viewer.id) : eq(talks.patientId, viewer.id),
          eq(attachments.uploader, viewer.kind),
          sql`${attachments.createdAt} > now() - interval '1 day'`,
        ),
      );
    if (viewer.kind === 'patient') return toTalks?.bytes ?? 0;
    const [toCases] = await tx
      .select({ bytes })
      .from(caseAttachments)
      .innerJoin(files, eq(files.id, caseAttachments.fileId))
      .where(
        and(
          eq(caseAttachments.origin, 'upload'),
          eq(caseAttachments.addedBy, viewer.id),
          sql`${caseAttachments.addedAt} > now() - interval '1 day'`,
        ),
      );
    return (toTalks?.bytes ?? 0) + (toCases?.bytes ?? 0);
  },
};
