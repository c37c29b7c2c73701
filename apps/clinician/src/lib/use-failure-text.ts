import { problemOf, problemWords, useWords } from '@casetalk/portal';
import { useCallback } from 'react';

/** What to tell the reader about a failure: what happened, and what helps. */
export function useFailureText(): (error: unknown) => string {
  const words = useWords();
  return useCallback((error: unknown) => problemWords(words, problemOf(error)), [words]);
}

/** Whole minutes, at least one, until it makes sense to try again. */
export function minutesToWait(error: unknown): number {
  const problem = problemOf(error);
  const seconds = 'retryAfterSeconds' in problem ? problem.retryAfterSeconds : undefined;
  return Math.max(1, Math.ceil((seconds ?? 60) / 60));
}
