import { sql } from 'drizzle-orm';
import { files } from '../../db/schema/index.ts';

/** Where a file's preview is kept; all null until it is `ready`. */
export interface PreviewFacts {
  readonly previewId: string | null;
  /** Bytes. */
  readonly previewSize: number | null;
  /** Hexadecimal. */
  readonly previewSha256: string | null;
}

export const previewColumns = {
  preview: files.preview,
  pages: files.pages,
  previewId: files.previewId,
  previewSize: files.previewSize,
  previewSha256: sql<string | null>`encode(${files.previewSha256}, 'hex')`,
};
