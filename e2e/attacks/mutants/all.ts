import { firstHalfMutants } from './first-half.ts';
import type { Mutant } from './mutant.ts';
import { secondHalfMutants } from './second-half.ts';

const number = ({ attack }: Mutant): number => Number(attack.slice(1));

/** Every hole, in the order of the attacks that have to notice. */
export const mutants: readonly Mutant[] = [...firstHalfMutants, ...secondHalfMutants].toSorted(
  (a, b) => number(a) - number(b),
);
