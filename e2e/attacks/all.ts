import type { Attack } from './attack.ts';
import { firstHalf } from './first-half.ts';
import { secondHalf } from './second-half.ts';

/** Every attack, in the order of its number. */
export const attacks: readonly Attack[] = [...firstHalf, ...secondHalf].toSorted(
  (a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)),
);
