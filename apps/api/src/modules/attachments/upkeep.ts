import type { Database } from '../../db/database.ts';
import type { SealedFileStore } from '../../vault/sealed-file-store.ts';
import { fileRepository } from './files.repository.ts';

const day = 24 * 60 * 60_000;
const batchSize = 500;

/**
 * Removes bytes that have been whole for a day and that no row names: of uploads whose process died between keeping
 * the bytes and writing the rows, and of rows removed by a process that died before it removed the bytes.
 * @returns how many files were removed
 */
export async function removeOrphans(
  db: Database,
  store: Pick<SealedFileStore, 'remove' | 'keysBefore' | 'sweep'>,
): Promise<number> {
  let removed = 0;
  let batch: string[] = [];
  const settle = async (): Promise<void> => {
    if (batch.length === 0) return;
    const known = await db.transaction((tx) => fileRepository.known(tx, batch));
    for (const key of batch) {
      if (known.has(key)) continue;
      await store.remove(key);
      removed += 1;
    }
    batch = [];
  };
  for await (const key of store.keysBefore(new Date(Date.now() - day))) {
    batch.push(key);
    if (batch.length === batchSize) await settle();
  }
  await settle();
  return removed;
}

/** Forgets uploads that were never sent; their bytes go with the next round of {@link removeOrphans}. */
export const sweepAbandonedUploads = (db: Pick<Database, 'transaction'>): Promise<void> =>
  db.transaction((tx) => fileRepository.removeAbandoned(tx));

/**
 * Keeps the file store tidy while the process runs.
 * @param onError told of a round that failed; the next one comes anyway
 * @returns a function that ends it
 */
export function keepTidy(
  db: Database,
  store: Pick<SealedFileStore, 'remove' | 'keysBefore' | 'sweep'>,
  onError: (error: unknown) => void,
): () => void {
  const sweeping = setInterval(() => void store.sweep().catch(onError), 10 * 60_000).unref();
  const looking = setInterval(() => void removeOrphans(db, store).catch(onError), 60 * 60_000).unref();
  return () => {
    clearInterval(sweeping);
    clearInterval(looking);
  };
}
