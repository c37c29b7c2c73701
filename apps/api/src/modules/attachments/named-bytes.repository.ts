import { and, asc, count, eq, gt, isNotNull, type SQL } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { files, resumableUploadParts } from '../../db/schema/index.ts';
import { sealedListSize } from '../../vault/file-list.ts';
import { sealedSize } from '../../vault/sealed-bytes.ts';

/** Bytes that a row says are in the store. */
export interface NamedBytes {
  /** A key of the store. */
  readonly id: string;
  /** Plain bytes. */
  readonly size: number;
  /** Bytes in the store. */
  readonly sealedSize: number;
  /** What else is known of a whole file; a part of an unfinished upload opens for its owner alone. */
  readonly file: { readonly keyOwnerId: string | null; readonly sha256: Buffer } | undefined;
}

const pageSize = 500;
type Id = typeof files.id | typeof files.previewId | typeof resumableUploadParts.id;
const beyond = (id: Id, last: string | undefined): SQL | undefined =>
  last === undefined ? undefined : gt(id, last);

export const namedBytesRepository = {
  /** @param last the id that the page before ended with */
  async files(tx: Tx, last: string | undefined): Promise<NamedBytes[]> {
    const rows = await tx
      .select({
        id: files.id,
        size: files.size,
        parts: count(resumableUploadParts.id),
        keyOwnerId: files.keyOwnerId,
        sha256: files.sha256,
      })
      .from(files)
      .leftJoin(resumableUploadParts, eq(resumableUploadParts.fileId, files.id))
      .where(beyond(files.id, last))
      .groupBy(files.id)
      .orderBy(asc(files.id))
      .limit(pageSize);
    return rows.map(({ id, size, parts, ...file }) => ({
      id,
      size,
      sealedSize: parts === 0 ? sealedSize(size) : sealedListSize(parts),
      file,
    }));
  },

  /** What is shown of files instead of themselves. */
  async previews(tx: Tx, last: string | undefined): Promise<NamedBytes[]> {
    const rows = await tx
      .select({
        id: files.previewId,
        size: files.previewSize,
        keyOwnerId: files.keyOwnerId,
        sha256: files.previewSha256,
      })
      .from(files)
      .where(and(isNotNull(files.previewId), beyond(files.previewId, last)))
      .orderBy(asc(files.previewId))
      .limit(pageSize);
    return rows.flatMap(({ id, size, keyOwnerId, sha256 }) =>
      id === null || size === null || sha256 === null
        ? []
        : [{ id, size, sealedSize: sealedSize(size), file: { keyOwnerId, sha256 } }],
    );
  },

  /** Parts of large files, and of uploads that are not finished. */
  async parts(tx: Tx, last: string | undefined): Promise<NamedBytes[]> {
    const rows = await tx
      .select({ id: resumableUploadParts.id, size: resumableUploadParts.size })
      .from(resumableUploadParts)
      .where(beyond(resumableUploadParts.id, last))
      .orderBy(asc(resumableUploadParts.id))
      .limit(pageSize);
    return rows.map(({ id, size }) => ({ id, size, sealedSize: sealedSize(size), file: undefined }));
  },
};
