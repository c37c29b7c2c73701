import { describe, expect, it } from 'vitest';
import { waitAsked } from './wait-asked.ts';

const now = Date.parse('2026-11-22T10:00:00.500Z');

describe('how long a provider asks to be left alone', () => {
  it.each([
    ['in seconds', { 'retry-after': '30' }, 30],
    ['by a date', { 'retry-after': 'Sun, 22 Nov 2026 10:01:00 GMT' }, 60],
    [
      'by the second in which its limit begins anew',
      { 'x-ratelimit-reset': String(Math.floor(now / 1000) + 12) },
      12,
    ],
    ['first in its own words', { 'retry-after': '5', 'x-ratelimit-reset': '99999999999' }, 5],
  ])('is read %s', (_, headers, seconds) => {
    expect(waitAsked(headers, now)).toBe(seconds);
  });

  it.each([
    ['nothing', undefined],
    ['no number', { 'retry-after': 'soon' }],
    ['nothing to wait for', { 'retry-after': '0' }],
    ['a time that has passed', { 'retry-after': 'Sun, 22 Nov 2026 09:00:00 GMT' }],
    ['a negative number', { 'retry-after': '-5' }],
  ])('is not known from %s', (_, headers) => {
    expect(waitAsked(headers, now)).toBeUndefined();
  });

  it('is never more than a quarter of an hour', () => {
    expect(waitAsked({ 'retry-after': '86400' }, now)).toBe(900);
    expect(waitAsked({ 'retry-after': 'Sun, 22 Nov 2099 10:01:00 GMT' }, now)).toBe(900);
  });
});
