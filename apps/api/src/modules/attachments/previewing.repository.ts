import { and, eq, inArray, lt, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { files } from '../../db/schema/index.ts';

export type FileToShow = NonNullable<Awaited<ReturnType<typeof previewingRepository.claim>>>;

/** A preview whose bytes are kept. */
export interface KeptPreview {
  readonly previewId: string;
  /** Bytes. */
  readonly previewSize: number;
  readonly previewSha256: Buffer;
  readonly pages: number;
}

/** Beginnings of one file: more often it is not worth it. */
const mostTries = 5;

const isWaiting = eq(files.preview, 'making');
const isOpen = inArray(files.scan, ['notScanned', 'clean']);

export const previewingRepository = {
  /**
   * Takes the open file that has waited longest. It comes again by itself when whoever took it says nothing of it, a few
   * times.
   */
  async claim(tx: Tx) {
    const first = tx
      .select({ id: files.id })
      .from(files)
      .where(and(isWaiting, isOpen, sql`${files.previewDueAt} <= now()`, lt(files.previewTries, mostTries)))
      .orderBy(files.previewDueAt)
      .limit(1)
      .for('update', { skipLocked: true });
    const [row] = await tx
      .update(files)
      .set({
        previewDueAt: sql`now() + interval '2 minutes'`,
        previewTries: sql`${files.previewTries} + 1`,
      })
      .where(sql`${files.id} = (${first})`)
      .returning({
        fileId: files.id,
        size: files.size,
        mediaType: files.mediaType,
        keyOwnerId: files.keyOwnerId,
        caseId: files.caseId,
        uploaderKind: files.uploaderKind,
        uploaderId: files.uploaderId,
      });
    return row;
  },

  /** @returns false when the file is gone, or somebody else was quicker */
  async keep(tx: Tx, fileId: string, preview: KeptPreview): Promise<boolean> {
    const kept = await tx
      .update(files)
      .set({ ...preview, preview: 'ready', previewDueAt: null })
      .where(and(eq(files.id, fileId), isWaiting))
      .returning({ id: files.id });
    return kept.length > 0;
  },

  async giveUp(tx: Tx, fileId: string): Promise<void> {
    await tx
      .update(files)
      .set({ preview: 'none', previewDueAt: null })
      .where(and(eq(files.id, fileId), isWaiting));
  },

  /** Gives up what was begun too often: its process, or everything with it, ended each time. */
  async giveUpWorn(tx: Tx): Promise<void> {
    await tx
      .update(files)
      .set({ preview: 'none', previewDueAt: null })
      .where(and(isWaiting, sql`${files.previewDueAt} <= now()`, sql`${files.previewTries} >= ${mostTries}`));
  },

  /**
   * Tried again soon.
   * @param isFree it says nothing of the file, and does not count as a beginning
   * @returns false when the file is gone
   */
  async postpone(tx: Tx, fileId: string, isFree: boolean): Promise<boolean> {
    const postponed = await tx
      .update(files)
      .set({
        previewDueAt: sql`now() + interval '30 seconds'`,
        ...(isFree ? { previewTries: sql`${files.previewTries} - 1` } : {}),
      })
      .where(and(eq(files.id, fileId), isWaiting))
      .returning({ id: files.id });
    return postponed.length > 0;
  },
};
