import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes of all files beneath the store's folder, save for the anchors of the audit, which only grow. */
export async function storedBytes(folder: string): Promise<number> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    found
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.jsonl'))
      .map((entry) =>
        stat(join(entry.parentPath, entry.name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
