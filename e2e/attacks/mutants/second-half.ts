import type { Mutant } from './mutant.ts';
import { platformMutants } from './platform.ts';
import { sessionAndFileMutants } from './sessions-and-files.ts';

/** Holes for T28 to T54. */
export const secondHalfMutants: readonly Mutant[] = [...sessionAndFileMutants, ...platformMutants];
