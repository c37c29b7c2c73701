import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The administrator's password: made once, kept beside the cluster, readable by its owner alone. */
export async function keptPassword(dataDir: string): Promise<{ password: string; isNew: boolean }> {
  const file = join(dataDir, 'password');
  const kept = (await readFile(file, 'utf8').catch(() => '')).trim();
  if (kept !== '') return { password: kept, isNew: false };
  const password = randomBytes(24).toString('base64url');
  await writeFile(file, `${password}\n`, { mode: 0o600 });
  return { password, isNew: true };
}
