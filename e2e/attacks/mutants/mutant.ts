import type { AttackId } from '../attack.ts';

/** One place of the sources, and what a careless change would make of it. */
export interface Patch {
  /** Path from the root of the checkout, below `apps/` or `packages/`. */
  readonly file: string;
  /** Stands there exactly once. */
  readonly find: string;
  readonly replace: string;
}

/** A hole: the sources with one defence taken out. The attack on that defence has to notice. */
export interface Mutant {
  readonly attack: AttackId;
  /** What was taken out, in a few words. */
  readonly title: string;
  readonly patches: readonly [Patch, ...Patch[]];
}
