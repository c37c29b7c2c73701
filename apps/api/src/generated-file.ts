import { readFile, writeFile } from 'node:fs/promises';

/** A file of the repository that is made from the code, and never written by hand. */
export interface GeneratedFile {
  readonly path: URL;
  readonly content: string;
}

/**
 * Writes the files, or says which of them are no longer what the code makes.
 * @returns the paths that differ; always none after writing
 */
export async function settleGenerated(
  files: readonly GeneratedFile[],
  mode: 'write' | 'check',
): Promise<string[]> {
  const stale: string[] = [];
  for (const { path, content } of files) {
    if (mode === 'write') await writeFile(path, content);
    else if ((await readFile(path, 'utf8').catch(() => '')) !== content) stale.push(path.pathname);
  }
  return stale;
}
