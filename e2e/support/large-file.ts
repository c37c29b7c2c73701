import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file on disk, too large to be handed over in memory. */
export interface LargeFile {
  readonly name: string;
  readonly path: string;
  /** Hexadecimal. */
  readonly sha256: string;
  remove(): Promise<void>;
}

const blockSize = 4 * 1024 * 1024;

/** A file that begins as an archive does, and is of random bytes else. @param size in bytes */
export async function largeArchive(name: string, size: number): Promise<LargeFile> {
  const folder = await mkdtemp(join(tmpdir(), 'casetalk-large-'));
  const path = join(folder, name);
  const hash = createHash('sha256');
  const file = await open(path, 'w');
  const head = Buffer.from('PK\u0003\u0004\u0014\u0000\u0000\u0000\u0000\u0000', 'latin1');
  for (let written = 0; written < size; ) {
    const block = randomBytes(Math.min(blockSize, size - written));
    if (written === 0) head.copy(block);
    hash.update(block);
    await file.write(block);
    written += block.length;
  }
  await file.close();
  return {
    name,
    path,
    sha256: hash.digest('hex'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
