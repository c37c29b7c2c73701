import type { FileKind } from '@casetalk/contract';
import { and, inArray, isNull, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { attachments, files } from '../../db/schema/index.ts';

export interface NewFile {
  readonly id: string;
  readonly caseId: string;
  readonly size: number;
  readonly sha256: Buffer;
  readonly mediaType: string;
  readonly kind: FileKind;
  readonly keyOwnerId: string;
}

export const fileRepository = {
  async add(tx: Tx, file: NewFile): Promise<void> {
    await tx.insert(files).values(file);
  },

  /** Removes uploads that no message sent within thirty days. For the worker, who may see no more of them than that. */
  async removeAbandoned(tx: Tx): Promise<void> {
    const abandoned = await tx
      .delete(attachments)
      .where(and(isNull(attachments.messageId), sql`${attachments.createdAt} < now() - interval '30 days'`))
      .returning({ fileId: attachments.fileId });
    if (abandoned.length === 0) return;
    const ids = abandoned.map(({ fileId }) => fileId);
    await tx.delete(files).where(inArray(files.id, ids));
  },

  /** Which of these ids have a row. */
  async known(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
    const rows = await tx
      .select({ id: files.id })
      .from(files)
      .where(inArray(files.id, [...ids]));
    return new Set(rows.map(({ id }) => id));
  },
};
