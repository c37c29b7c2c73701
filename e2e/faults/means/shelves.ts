import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { World } from '../../attacks/world.ts';

/** What the file store's folder holds, and what of it the tables know. */
export interface Shelves {
  /** Files that have arrived, by their id: where they are. */
  readonly whole: ReadonlyMap<string, string>;
  /** Files that are arriving, or were when a process died. */
  readonly arriving: readonly string[];
  /** Rows without bytes. */
  readonly rowsWithoutFile: readonly string[];
  /** Bytes without a row. */
  readonly filesWithoutRow: readonly string[];
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Compares the folder with the tables. */
export async function lookAtShelves({ filesDir, database }: World): Promise<Shelves> {
  const found = await filesBelow(join(filesDir, 'files'));
  const whole = new Map(found.map((path) => [path.slice(-36), path]));
  const rows = await database.rows<{ id: string }>(
    'select id from files union all select id from resumable_upload_parts',
  );
  const known = new Set(rows.map(({ id }) => id));
  return {
    whole,
    arriving: await filesBelow(join(filesDir, 'incoming')),
    rowsWithoutFile: [...known].filter((id) => !whole.has(id)),
    filesWithoutRow: [...whole.keys()].filter((id) => !known.has(id)),
  };
}
