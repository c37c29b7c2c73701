import type { Mutant } from './mutant.ts';

/** Holes for T28 to T54. */
export const secondHalfMutants: readonly Mutant[] = [];
