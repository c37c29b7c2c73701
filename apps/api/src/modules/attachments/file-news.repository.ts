import { eq } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { attachments } from '../../db/schema/index.ts';

export const fileNewsRepository = {
  /** The talk that a file was uploaded to, as its uploader sees it. */
  async talkOf(tx: Tx, fileId: string) {
    const [row] = await tx
      .select({
        talkId: attachments.talkId,
        clinicianId: attachments.clinicianId,
        patientId: attachments.patientId,
      })
      .from(attachments)
      .where(eq(attachments.fileId, fileId));
    return row;
  },
};
