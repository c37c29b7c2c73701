import { expect, it } from 'vitest';
import { rangeOf } from './range.rules.ts';

const etag = '"abc"';

it.each([
  ['bytes=0-0', { start: 0, end: 0 }],
  ['bytes=0-99', { start: 0, end: 99 }],
  ['bytes=10-', { start: 10, end: 99 }],
  ['bytes=-1', { start: 99, end: 99 }],
  ['bytes=-500', { start: 0, end: 99 }],
  ['bytes=90-200', { start: 90, end: 99 }],
  ['bytes=100-', 'unsatisfiable'],
  ['bytes=100-200', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=5-2', undefined],
  ['bytes=-', undefined],
  ['bytes=a-b', undefined],
  ['bytes=0-1,5-6', undefined],
  ['lines=0-1', undefined],
  [undefined, undefined],
])('of 100 bytes %j is %j', (header, range) => {
  expect(rangeOf(header, 100, undefined, etag)).toEqual(range);
});

it('is not wanted when the file has become another', () => {
  expect(rangeOf('bytes=0-1', 100, etag, etag)).toEqual({ start: 0, end: 1 });
  expect(rangeOf('bytes=0-1', 100, '"other"', etag)).toBeUndefined();
  expect(rangeOf('bytes=0-1', 100, 'Sun, 22 Nov 2026 10:00:00 GMT', etag)).toBeUndefined();
});

it('of an empty file cannot be satisfied', () => {
  expect(rangeOf('bytes=0-', 0, undefined, etag)).toBe('unsatisfiable');
});
