import { problemOf } from '../api/api-failure.ts';

/** What may be otherwise in a moment: a lost connection, a service that has too much to do, a lock that was held. */
const mayPass = new Set(['unreachable', 'internal', 'unavailable', 'busy-try-again']);
/** Beyond this many milliseconds a person is told, and asks again themselves. */
const longestPause = 10_000;

/** Whether what was asked for is asked for again without a word: a refused answer stays refused. */
export const asksAgain = (failures: number, error: Error): boolean =>
  failures < 2 && mayPass.has(problemOf(error).code) && wanted(error) <= longestPause;

/**
 * Milliseconds until then: what the service asked for, and otherwise a second, then two; and up to half as much again,
 * spread at random, so that a hundred portals do not come back at one moment.
 * @param random from 0 up to 1
 */
export function pauseBefore(failures: number, error: Error, random: number = Math.random()): number {
  return Math.round(Math.max(1000 * 2 ** failures, wanted(error)) * (1 + random / 2));
}

function wanted(error: Error): number {
  const problem = problemOf(error);
  return 'retryAfterSeconds' in problem ? 1000 * (problem.retryAfterSeconds ?? 0) : 0;
}
