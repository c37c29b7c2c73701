import { databaseRestarts } from './f07-database-restarts.ts';
import { frozenDatabase } from './f08-frozen-database.ts';
import { halfOpenConnections } from './f09-half-open-connections.ts';
import { fullPool } from './f10-full-pool.ts';
import { deadlocks } from './f11-deadlocks.ts';
import { killedWhileSending } from './f12-killed-while-sending.ts';
import { killedWhileUploading } from './f13-killed-while-uploading.ts';
import { killedBeforeTheRow } from './f14-killed-before-the-row.ts';
import { killedWorker } from './f15-killed-worker.ts';
import { killedAtEachStatement } from './f16-killed-at-each-statement.ts';
import { fullUploadVolume } from './f17-full-upload-volume.ts';
import { fullDataVolume, fullWalVolume } from './f18-f19-full-database-volumes.ts';
import { failingCalls, failingFlush } from './f21-f22-failing-calls.ts';
import { databaseClockBehind, jumpingClock } from './f23-f24-clocks.ts';
import { missingKeys } from './f31-keys.ts';
import { stoppedPolitely } from './f33-stopped-politely.ts';
import { outOfMemory } from './f34-out-of-memory.ts';
import type { Fault } from './fault.ts';

/** Faults of what the product runs on: the database, its own processes, disks, clocks, keys, memory. */
export const machineFaults: readonly Fault[] = [
  databaseRestarts,
  frozenDatabase,
  halfOpenConnections,
  fullPool,
  deadlocks,
  killedWhileSending,
  killedWhileUploading,
  killedBeforeTheRow,
  killedWorker,
  killedAtEachStatement,
  fullUploadVolume,
  fullDataVolume,
  fullWalVolume,
  failingCalls,
  failingFlush,
  jumpingClock,
  databaseClockBehind,
  missingKeys,
  stoppedPolitely,
  outOfMemory,
];
