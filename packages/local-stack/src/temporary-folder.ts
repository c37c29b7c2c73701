import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A new folder among the machine's temporary ones. Others can walk through it but not look around: PostgreSQL may
 * run as another account and has to reach its own part.
 */
export async function makeTemporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'casetalk-'));
  await chmod(folder, 0o711);
  return folder;
}
