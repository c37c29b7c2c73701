import { databaseRestarts } from './f07-database-restarts.ts';
import type { Fault } from './fault.ts';
import { killedWhileSending } from './f12-killed-while-sending.ts';

/** Faults of what the product runs on: the database, its own processes, disks, clocks, keys, memory. */
export const machineFaults: readonly Fault[] = [databaseRestarts, killedWhileSending];
