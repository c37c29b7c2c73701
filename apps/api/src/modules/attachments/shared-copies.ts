import { Readable } from 'node:stream';
import { newId } from '../../db/new-id.ts';
import { mayHavePreview } from '../../gateways/previews/preview-maker.ts';
import { PictureDamaged, withoutMetadata } from '../../picture-metadata/index.ts';
import { ProblemError } from '../../problem-error.ts';
import type { DataKey } from '../../vault/data-key.ts';
import type { SealedFileStore } from '../../vault/sealed-file-store.ts';
import type { AttachmentRecord } from './attachments.repository.ts';
import type { NewFile } from './files.repository.ts';

/** Chunks of a copy on their way from one file to the other. */
const chunksUnderWay = 4;

/**
 * Makes the copy of a talk's picture that everyone on the case gets: without its metadata, under the case's key, so that
 * nobody there ever needs the talk's. Safe on disk when it is returned, though no row names it yet.
 * @param caseKey of the case that it is shared with
 * @returns undefined for files whose metadata is not known how to take out
 * @throws ProblemError `picture-damaged`, `storage-full`; SealBroken
 */
export async function makeSharedCopy(
  store: Pick<SealedFileStore, 'put' | 'read'>,
  caseKey: DataKey,
  file: AttachmentRecord,
): Promise<NewFile | undefined> {
  const bytes = await withoutMetadata(file.mediaType, file.size, (range) => store.read(file, range)).catch(
    (error: unknown) => {
      throw error instanceof PictureDamaged ? new ProblemError('picture-damaged') : error;
    },
  );
  if (!bytes) return undefined;
  const id = newId();
  // As objects the chunks go on as they are; as bytes they would be copied into larger ones.
  const source = Readable.from(bytes, { objectMode: true, highWaterMark: chunksUnderWay });
  const { size, sha256 } = await store.put(id, caseKey, source);
  return {
    id,
    caseId: file.caseId,
    size,
    sha256,
    mediaType: file.mediaType,
    kind: file.kind,
    keyOwnerId: caseKey.ownerId,
    preview: mayHavePreview(file.mediaType, size) ? 'making' : 'none',
  };
}
