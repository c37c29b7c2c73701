import { execFile } from 'node:child_process';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { NotArranged } from '../fault.ts';
import type { Ground } from '../ground.ts';

const run = promisify(execFile);

/**
 * Puts a small volume at a folder; it is taken away once the fault's products have ended.
 * @throws NotArranged where this account may not mount
 */
export async function mountVolume(ground: Ground, folder: string, mebibytes: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=0711`, 'tmpfs', folder]);
  } catch (error) {
    throw new NotArranged(`Not arranged: a small volume. ${String(error).slice(0, 200)}`);
  }
  ground.undoAfterwards(() => run('umount', ['--lazy', folder]));
}

/** Writes until the volume has no room. @returns a function that gives the room back */
export async function fill(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'filler');
  const file = await open(path, 'w');
  try {
    for (const size of [1024 * 1024, 4096]) {
      const block = Buffer.alloc(size, 1);
      for (;;) {
        try {
          await file.write(block);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
          break;
        }
      }
    }
  } finally {
    await file.close();
  }
  return () => rm(path, { force: true });
}
