/** The number of the worker that tells this story, as Vitest gives it: from 1 to as many as tell stories at once. */
export const workerNumber = (): string => process.env['VITEST_POOL_ID'] ?? '1';
