import type { ScanState } from '@casetalk/contract';
import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { files } from '../../db/schema/index.ts';

export type FileToScan = NonNullable<Awaited<ReturnType<typeof scanningRepository.claim>>>;

const isWaiting = eq(files.scan, 'checking');

export const scanningRepository = {
  /**
   * Takes the file that has waited longest. It comes again by itself when whoever took it says nothing of it: a process
   * that was killed loses no file.
   */
  async claim(tx: Tx) {
    const first = tx
      .select({ id: files.id })
      .from(files)
      .where(and(isWaiting, sql`${files.scanDueAt} <= now()`))
      .orderBy(files.scanDueAt)
      .limit(1)
      .for('update', { skipLocked: true });
    const [row] = await tx
      .update(files)
      .set({ scanDueAt: sql`now() + interval '10 minutes'` })
      .where(sql`${files.id} = (${first})`)
      .returning({
        fileId: files.id,
        size: files.size,
        keyOwnerId: files.keyOwnerId,
        caseId: files.caseId,
        uploaderKind: files.uploaderKind,
        uploaderId: files.uploaderId,
      });
    return row;
  },

  async conclude(tx: Tx, fileId: string, scan: Extract<ScanState, 'clean' | 'infected'>): Promise<void> {
    await tx
      .update(files)
      .set({
        scan,
        scanDueAt: null,
        ...(scan === 'infected' ? { preview: 'none' as const, previewDueAt: null } : {}),
      })
      .where(and(eq(files.id, fileId), isWaiting));
  },

  /** The scanner could not tell: tried again soon, for as long as it takes. */
  async postpone(tx: Tx, fileId: string): Promise<void> {
    await tx
      .update(files)
      .set({ scanDueAt: sql`now() + interval '30 seconds'` })
      .where(and(eq(files.id, fileId), isWaiting));
  },
};
