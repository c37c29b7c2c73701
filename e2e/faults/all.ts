import type { Fault } from './fault.ts';
import { machineFaults } from './machine-faults.ts';
import { outsideFaults } from './outside-faults.ts';

/** Every fault, in the order of its number. */
export const faults: readonly Fault[] = [...machineFaults, ...outsideFaults].toSorted(
  (a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)),
);
