import type { Database } from '../../db/database.ts';
import type { SealedFileStore } from '../../vault/sealed-file-store.ts';
import { fileRepository } from './files.repository.ts';
import { namelessBefore } from './nameless-bytes.ts';
import { lookForMissing } from './verify-files.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * Removes bytes that have been whole for a day and that no row names: of uploads whose process died between keeping
 * the bytes and writing the rows, and of rows removed by a process that died before it removed the bytes.
 * @returns how many files were removed
 */
export async function removeOrphans(
  db: Database,
  store: Pick<SealedFileStore, 'remove' | 'keysBefore'>,
): Promise<number> {
  let removed = 0;
  for await (const key of namelessBefore(db, store, new Date(Date.now() - day))) {
    await store.remove(key);
    removed += 1;
  }
  return removed;
}

/** Forgets uploads that were never sent; their bytes go with the next round of {@link removeOrphans}. */
export const sweepAbandonedUploads = (db: Pick<Database, 'transaction'>): Promise<void> =>
  db.transaction((tx) => fileRepository.removeAbandoned(tx));

/** Who hears of what was found while tidying. */
export interface TidyingNews {
  /** A round failed; the next one comes anyway. */
  failed(error: unknown): void;
  /** So many files that no row named were removed. */
  removed(count: number): void;
  /** Rows were held against the store: these have lost their bytes. Told each time, also when there are none. */
  missing(fileIds: readonly string[]): void;
}

/**
 * Keeps the file store tidy while the process runs, and looks every day whether all of it is there; the first time soon
 * after the start, for processes that do not live for long.
 * @returns a function that ends it
 */
export function keepTidy(
  db: Database,
  store: Pick<SealedFileStore, 'sizeOf' | 'read' | 'remove' | 'keysBefore' | 'sweep'>,
  news: TidyingNews,
): () => void {
  const orphans = async (): Promise<void> => {
    const count = await removeOrphans(db, store);
    if (count > 0) news.removed(count);
  };
  const missing = async (): Promise<void> => news.missing(await lookForMissing(db, store));
  const run = (work: () => Promise<void>) => (): void => void work().catch(news.failed);
  const timers = [
    setInterval(
      run(() => store.sweep()),
      10 * minute,
    ),
    setInterval(run(orphans), hour),
    setInterval(run(missing), day),
    // A process that never lives for an hour tidies as well.
    setTimeout(run(orphans), minute / 6),
    setTimeout(run(missing), 15 * minute),
  ];
  for (const timer of timers) timer.unref();
  return () => {
    for (const timer of timers) clearTimeout(timer);
  };
}
