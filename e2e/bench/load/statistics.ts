/** @throws when there is nothing to choose from */
export const median = (values: readonly number[]): number => percentile(values, 50);

/** The nearest-rank percentile. @throws when there is nothing to choose from */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
  if (found === undefined) throw new Error('Nothing was measured.');
  return found;
}
