import { Counter, Gauge, type Registry } from 'prom-client';

/** What the daily look at the store of files has found. */
export function meterFiles(registry: Registry): {
  /** Files that no row named were removed. */
  removed(count: number): void;
  /** So many rows have lost their bytes. */
  missing(count: number): void;
} {
  const registers = [registry];
  const missing = new Gauge({
    name: 'casetalk_files_missing',
    help: 'Files that a row names and the store does not have whole, as of the last look.',
    registers: [],
  });
  const looked = new Gauge({
    name: 'casetalk_files_looked_at_timestamp_seconds',
    help: 'When every file was last looked for.',
    registers: [],
  });
  const removed = new Counter({
    name: 'casetalk_files_nameless_removed_total',
    help: 'Files that no row named for a day and that were removed.',
    registers,
  });
  let hasLooked = false;
  return {
    removed: (count) => removed.inc(count),
    missing(count) {
      // A figure of nought before the first look would be a promise.
      if (!hasLooked) for (const gauge of [missing, looked]) registry.registerMetric(gauge);
      hasLooked = true;
      missing.set(count);
      looked.setToCurrentTime();
    },
  };
}
