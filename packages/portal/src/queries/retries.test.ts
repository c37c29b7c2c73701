import type { Problem } from '@casetalk/contract';
import { describe, expect, it } from 'vitest';
import { ApiFailure } from '../api/api-failure.ts';
import { asksAgain, pauseBefore } from './retries.ts';

const failure = (code: Problem['code'], retryAfterSeconds?: number): ApiFailure =>
  new ApiFailure({
    type: `/problems/${code}`,
    code,
    status: 503,
    title: 'No',
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });

describe('a list that could not be read', () => {
  it('is asked for twice more when the service was busy, and not when it refused', () => {
    expect([0, 1, 2].map((failures) => asksAgain(failures, failure('unavailable', 2)))).toEqual([
      true,
      true,
      false,
    ]);
    expect(asksAgain(0, failure('busy-try-again', 1))).toBe(true);
    expect(asksAgain(0, failure('not-found'))).toBe(false);
  });

  it('is left to the reader when the service wants to be left alone for long', () => {
    expect(asksAgain(0, failure('unavailable', 60))).toBe(false);
  });

  it('is asked for when the service said, or later and later, never by all portals at one moment', () => {
    expect(pauseBefore(0, failure('unavailable', 3), 0)).toBe(3000);
    expect(pauseBefore(0, failure('unavailable', 3), 1)).toBe(4500);
    expect([0, 1].map((failures) => pauseBefore(failures, failure('internal'), 0))).toEqual([1000, 2000]);
  });
});
