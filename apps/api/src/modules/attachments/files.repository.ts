import type { FileKind } from '@casetalk/contract';
import { inArray } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { files } from '../../db/schema/index.ts';

export interface NewFile {
  readonly id: string;
  readonly caseId: string;
  readonly size: number;
  readonly sha256: Buffer;
  readonly mediaType: string;
  readonly kind: FileKind;
}

export const fileRepository = {
  async add(tx: Tx, file: NewFile): Promise<void> {
    await tx.insert(files).values(file);
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
