import type { Database } from '../../db/database.ts';
import type { FileStore } from '../../gateways/file-store.ts';
import { fileRepository } from './files.repository.ts';

const batchSize = 500;

/** Keys of the store that have been whole since before a time, and that no row names. */
export async function* namelessBefore(
  db: Pick<Database, 'transaction'>,
  store: Pick<FileStore, 'keysBefore'>,
  time: Date,
): AsyncGenerator<string> {
  let batch: string[] = [];
  async function* settle(): AsyncGenerator<string> {
    if (batch.length === 0) return;
    const known = await db.transaction((tx) => fileRepository.known(tx, batch));
    yield* batch.filter((key) => !known.has(key));
    batch = [];
  }
  for await (const key of store.keysBefore(time)) {
    batch.push(key);
    if (batch.length === batchSize) yield* settle();
  }
  yield* settle();
}
