import type { Failure } from '@casetalk/client';
import { limits } from '@casetalk/contract';
import { problemWords } from '../language/problem-words.ts';
import { unbroken } from '../language/unbroken.ts';
import type { SharedWords } from '../language/use-words.ts';

/** The practice to call when nothing else helps. */
export interface PracticeToCall {
  readonly name: string;
  readonly phone: string;
}

/** What is wrong with a code as it was typed, before it is sent; spaces and dashes are welcome. */
export function typedCodeError(words: SharedWords, typed: string): string | null {
  const code = typed.replaceAll(/[\s-]/g, '');
  if (code === '') return words('code.error.empty');
  if (!/^\d+$/.test(code)) return words('code.error.letters');
  if (code.length < limits.codeLength) return words('code.error.short');
  return code.length > limits.codeLength ? words('code.error.long') : null;
}

/** What the API's answer to a code says. A wrong, an expired and an unknown one read the same. */
export function refusedCodeError(
  words: SharedWords,
  problem: Failure,
  expired: boolean,
  practice: PracticeToCall | undefined,
): string {
  if (problem.code === 'too-many-tries') {
    return practice
      ? words('code.error.tooManyCall', { practice: practice.name, phone: unbroken(practice.phone) })
      : words('code.error.tooMany');
  }
  if (problem.code !== 'code-wrong') return problemWords(words, problem);
  return words(expired ? 'code.error.expired' : 'code.error.wrong');
}
