import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Settings } from '../../settings.ts';

/** The head of the chain, written down where whoever changes the database does not reach. */
const anchorSchema = z.object({
  at: z.iso.datetime(),
  seal: z.int().min(1),
  rows: z.int().min(1),
  head: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Anchor = z.infer<typeof anchorSchema>;

export const anchorsFileOf = (
  settings: Pick<Settings, 'FILES_DIR'> & { readonly AUDIT_ANCHORS_FILE?: string | undefined },
): string => settings.AUDIT_ANCHORS_FILE ?? join(settings.FILES_DIR, 'audit-anchors.jsonl');

/** Adds a line, and comes back when the disk has it. */
export async function appendAnchor(file: string, anchor: Anchor): Promise<void> {
  const handle = await open(file, 'a', 0o600);
  try {
    await handle.appendFile(`${JSON.stringify(anchor)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * All anchors: one an hour, so fifty thousand in six years.
 * @returns undefined when there is no such file
 * @throws an Error that names the line that is no anchor; a last line without an end was cut by a crash and is left out
 */
export async function readAnchors(file: string): Promise<Anchor[] | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line, index) => {
    try {
      return anchorSchema.parse(JSON.parse(line));
    } catch {
      throw new Error(`Line ${index + 1} of ${file} is no anchor.`);
    }
  });
}
