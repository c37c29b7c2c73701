import type { FileKind, Portal } from '@casetalk/contract';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { attachments, files, resumableUploadParts, resumableUploads } from '../../db/schema/index.ts';

export interface NewFile {
  readonly id: string;
  readonly caseId: string;
  readonly size: number;
  readonly sha256: Buffer;
  readonly mediaType: string;
  readonly kind: FileKind;
  readonly keyOwnerId: string;
  readonly preview: 'none' | 'making';
}

/** Who brought a file, and whether it is to be scanned. */
export interface Intake {
  readonly uploaderKind: Portal;
  readonly uploaderId: string;
  readonly toScan: boolean;
}

export const fileRepository = {
  async add(tx: Tx, file: NewFile, { uploaderKind, uploaderId, toScan }: Intake): Promise<void> {
    await tx.insert(files).values({
      ...file,
      uploaderKind,
      uploaderId,
      ...(toScan ? { scan: 'checking' as const, scanDueAt: sql`now()` } : {}),
      ...(file.preview === 'making' ? { previewDueAt: sql`now()` } : {}),
    });
  },

  /** A copy of a file that the same scanner has seen. */
  async addCopy(
    tx: Tx,
    file: NewFile,
    { uploaderKind, uploaderId }: Omit<Intake, 'toScan'>,
    scan: 'notScanned' | 'clean',
  ): Promise<void> {
    await tx.insert(files).values({
      ...file,
      uploaderKind,
      uploaderId,
      scan,
      ...(file.preview === 'making' ? { previewDueAt: sql`now()` } : {}),
    });
  },

  /** Takes a copy back that turned out not to be needed. */
  async removeCopy(tx: Tx, id: string): Promise<void> {
    await tx.delete(files).where(eq(files.id, id));
  },

  /** Removes uploads that no message sent within thirty days. For the worker, who may see no more of them than that. */
  async removeAbandoned(tx: Tx): Promise<void> {
    // Their parts' rows go with them, and the bytes with the round of orphans.
    await tx.delete(resumableUploads).where(sql`${resumableUploads.expiresAt} < now()`);
    const abandoned = await tx
      .delete(attachments)
      .where(and(isNull(attachments.messageId), sql`${attachments.createdAt} < now() - interval '30 days'`))
      .returning({ fileId: attachments.fileId });
    if (abandoned.length === 0) return;
    const ids = abandoned.map(({ fileId }) => fileId);
    await tx.delete(files).where(inArray(files.id, ids));
  },

  /** Which of these ids are named by a row: as a file, as its preview, or as a part of a large one or of an upload. */
  async known(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
    const rows = await tx
      .select({ id: files.id })
      .from(files)
      .where(inArray(files.id, [...ids]))
      .unionAll(
        tx
          .select({ id: resumableUploadParts.id })
          .from(resumableUploadParts)
          .where(inArray(resumableUploadParts.id, [...ids])),
      )
      .unionAll(
        tx
          .select({ id: sql<string>`${files.previewId}` })
          .from(files)
          .where(inArray(files.previewId, [...ids])),
      );
    return new Set(rows.map(({ id }) => id));
  },
};
