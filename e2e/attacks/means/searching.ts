import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { World } from '../world.ts';
import { writingsOf } from './everything.ts';

/** Base64 of a text that stands somewhere within other bytes: three ways, by where it begins. */
const insideBase64 = (secret: string): string[] =>
  [0, 1, 2].map((before) => {
    const written = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]).toString('base64');
    return written
      .slice(before === 0 ? 0 : before + 1)
      .replace(/=+$/, '')
      .slice(0, -2);
  });

/** How a word is looked for: as it is, and in every writing that hides nothing. */
export const formsOf = (secret: string): string[] => [...writingsOf(secret), ...insideBase64(secret)];

/** Every file beneath a folder whose bytes hold one of the words. @returns path and word */
export async function filesWith(folder: string, words: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path).catch(() => Buffer.alloc(0));
    const word = words.find((one) => bytes.includes(one) || path.includes(one));
    if (word !== undefined) found.push(`${path.slice(folder.length)} has ${word}`);
  }
  return found;
}

/** The folder of PostgreSQL's own files, with what it has not swept away yet; undefined where it cannot be seen. */
export async function clusterFolder({ database }: World): Promise<string | undefined> {
  const [row] = await database.rows<{ pid: number }>('select pg_backend_pid() as pid');
  const folder = await readlink(`/proc/${row?.pid}/cwd`).catch(() => undefined);
  if (folder === undefined) return undefined;
  const isCluster = await stat(join(folder, 'pg_wal')).then(
    () => true,
    () => false,
  );
  return isCluster ? folder : undefined;
}
