import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import * as z from 'zod';
import type { FileStore } from '../gateways/file-store.ts';
import { checkPart, writePart } from './hashed-file.ts';
import type { Manifest, Part } from './manifest.ts';

const listName = 'files.jsonl';

const savedFile = z.object({
  key: z.uuid(),
  path: z.string(),
  bytes: z.int().min(0),
  sha256: z.string(),
});
type SavedFile = z.infer<typeof savedFile>;

/** Spread as the file store spreads them: a folder with a million files is slow everywhere. */
const placeOf = (key: string): string => `files/${key.slice(-4, -2)}/${key.slice(-2)}/${key}`;

/**
 * Copies every whole file of the store, sealed as it is. Done after the rows were read: files are only ever added, so each
 * row has its bytes then, and what came later does no harm.
 */
export async function saveFiles(store: FileStore, folder: string): Promise<Manifest['files']> {
  let count = 0;
  let bytesOfFiles = 0;
  async function* lines(): AsyncGenerator<string> {
    // Files that are whole by now; a disk's clock may be a little ahead.
    for await (const key of store.keysBefore(new Date(Date.now() + 60_000))) {
      const saved = await saveFile(store, folder, key);
      if (saved === undefined) continue;
      count += 1;
      bytesOfFiles += saved.bytes;
      yield `${JSON.stringify({ key, ...saved } satisfies SavedFile)}\n`;
    }
  }
  const list = await writePart(folder, listName, Readable.from(lines()));
  return { ...list, count, bytesOfFiles };
}

/** @returns undefined for a file that was removed since it was listed */
async function saveFile(store: FileStore, folder: string, key: string): Promise<Part | undefined> {
  try {
    return await writePart(folder, placeOf(key), store.read(key));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The files of a backup, in the order of its list. */
export async function* savedFiles(folder: string, list: Part): AsyncGenerator<SavedFile> {
  const lines = createInterface({ input: createReadStream(join(folder, list.path)), crlfDelay: Infinity });
  for await (const line of lines) yield savedFile.parse(JSON.parse(line));
}

/** @throws BackupRefusal that names the first file that is not what was written */
export async function checkFiles(folder: string, list: Part): Promise<void> {
  for await (const file of savedFiles(folder, list)) await checkPart(folder, file);
}

export async function restoreFiles(store: FileStore, folder: string, list: Part): Promise<void> {
  for await (const { key, path } of savedFiles(folder, list)) {
    await store.put(key, createReadStream(join(folder, path), { highWaterMark: 256 * 1024 }));
  }
}
