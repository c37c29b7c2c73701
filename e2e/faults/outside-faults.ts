import type { Fault } from './fault.ts';

/** Faults of what comes from outside and of what is kept: providers, clients, uploads, the scanner, altered bytes. */
export const outsideFaults: readonly Fault[] = [];
