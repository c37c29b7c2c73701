import { isConnectionLoss } from '../../db/database.ts';
import { newId } from '../../db/new-id.ts';
import type { IncomingFile } from '../../incoming-file.ts';
import { createInspector, inspected } from '../../gateways/file-inspector.ts';
import type { FileType } from '../../gateways/file-types.ts';
import { mayHavePreview } from '../../gateways/previews/preview-maker.ts';
import type { DataKey } from '../../vault/data-key.ts';
import type { SealedFileStore } from '../../vault/sealed-file-store.ts';
import type { NewFile } from './files.repository.ts';
import { cleanFileName, withEnding } from './file-name.rules.ts';

/** A file that is safe on disk, though no row names it yet. */
export interface ReceivedFile {
  readonly id: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: Buffer;
  readonly type: FileType;
  /** The talk or case under whose key its bytes are. */
  readonly keyOwnerId: string;
}

/** The row of a received file. */
export const fileRowOf = ({ id, size, sha256, type, keyOwnerId }: ReceivedFile, caseId: string): NewFile => ({
  id,
  caseId,
  size,
  sha256,
  mediaType: type.mediaType,
  kind: type.kind,
  keyOwnerId,
  preview: mayHavePreview(type.mediaType, size) ? 'making' : 'none',
});

/**
 * Takes a file in, seals it, finds its type from its content, and tells `keep` of it. Unless `keep` says that it kept them,
 * nothing of the file stays, whatever goes wrong.
 * @param key of the talk or case that it is sent to
 * @param keep writes the rows
 * @throws ProblemError `too-large`, `file-empty`, `file-type-refused`, `storage-full`, and whatever `keep` throws
 */
export async function receiveFile<T>(
  store: SealedFileStore,
  key: DataKey,
  incoming: IncomingFile,
  keep: (file: ReceivedFile) => Promise<{ kept: boolean; answer: T }>,
): Promise<T> {
  const id = newId();
  let kept = false;
  try {
    const cleaned = cleanFileName(incoming.name);
    const inspector = createInspector(cleaned);
    const { size, sha256 } = await store.put(id, key, inspected(incoming.bytes, inspector));
    await incoming.end();
    const keyOwnerId = key.ownerId;
    const type = await inspector.conclude({
      size,
      read: (range) => store.read({ fileId: id, size, keyOwnerId }, range),
    });
    const result = await keep({
      id,
      name: withEnding(cleaned, type.extension),
      size,
      sha256,
      type,
      keyOwnerId,
    });
    kept = result.kept;
    return result.answer;
  } catch (error) {
    // A connection lost while committing leaves open whether there are rows. Bytes without rows are found and removed
    // later; rows without bytes would be a loss.
    kept = isUncertain(error);
    throw error;
  } finally {
    if (!kept) {
      incoming.bytes.destroy();
      await store.remove(id);
    }
  }
}

/** True when a connection was lost while committing: whether there are rows now, nobody can say. */
export const isUncertain = (error: unknown): boolean =>
  error instanceof Error && error.cause instanceof Error && isConnectionLoss(error.cause);
