import { readFile } from 'node:fs/promises';
import type { World } from '../../attacks/world.ts';

/** Follows what the product writes from now on. @returns the lines since then, whenever it is asked */
export async function logSince({ logFile }: Pick<World, 'logFile'>): Promise<() => Promise<string[]>> {
  const before = (await readFile(logFile)).length;
  return async () => (await readFile(logFile)).subarray(before).toString().split('\n').filter(Boolean);
}
