import type { Failure } from '@casetalk/client';
import type { SharedWords } from './use-words.ts';

/** What a problem says to a person, and when it makes sense to try again. */
export function problemWords(words: SharedWords, problem: Failure): string {
  const quota = 'quota' in problem ? problem.quota : undefined;
  const sentence = quota ? words(`problem.quota-reached.${quota}`) : words(`problem.${problem.code}`);
  const wait = 'retryAfterSeconds' in problem ? problem.retryAfterSeconds : undefined;
  if (wait === undefined || wait <= 0) return sentence;
  return wait < 60
    ? words('problem.retry.seconds', { problem: sentence, count: wait })
    : words('problem.retry.minutes', { problem: sentence, count: Math.ceil(wait / 60) });
}
