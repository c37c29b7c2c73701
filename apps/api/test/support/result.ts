import type { Result } from '@casetalk/client';

/** The answer of a call that has to succeed for the test to make sense. */
export function answer<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`The API refused: ${result.problem.code}`);
  return result.data;
}

/** The problem code of a refusal, or `ok`. */
export const outcome = (result: Result<unknown>): string => (result.ok ? 'ok' : result.problem.code);
