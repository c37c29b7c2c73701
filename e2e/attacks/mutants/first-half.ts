import type { Mutant } from './mutant.ts';

/** Holes for T1 to T27. */
export const firstHalfMutants: readonly Mutant[] = [];
