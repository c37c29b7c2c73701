import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSessionCache } from './session-cache.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

const pass = (milliseconds: number): void => void vi.advanceTimersByTime(milliseconds);

/** A cache with one session in it, and a line to the database that can fall silent. */
function remembering({ left = 3_600_000 } = {}) {
  const line = { since: performance.now(), silentFrom: Infinity };
  const cache = createSessionCache<string>(() => ({
    since: line.since,
    until: Math.min(performance.now(), line.silentFrom),
  }));
  pass(1);
  const look = (): void => cache.set('secret', 'session', 'Ada', { askedAt: performance.now(), left });
  look();
  return { cache, line, look };
}

test('while all is heard a session is remembered for half a minute', () => {
  const { cache } = remembering();
  pass(29_000);
  expect(cache.get('secret')).toBe('Ada');
  pass(2000);
  expect(cache.get('secret')).toBeUndefined();
});

test('a process that has not heard for a second believes nothing older than that', () => {
  const { cache, line } = remembering();
  pass(5000);
  line.silentFrom = performance.now();
  pass(900);
  expect(cache.get('secret')).toBe('Ada');
  pass(200);
  expect(cache.get('secret')).toBeUndefined();
});

test('what was remembered before the line broke is not believed after it came back', () => {
  const { cache, line } = remembering();
  pass(2000);
  line.since = performance.now();
  expect(cache.get('secret')).toBeUndefined();
});

test('news that come while a look-up is under way let it be believed for a second alone', () => {
  const { cache } = remembering();
  const askedAt = performance.now();
  pass(3);
  cache.forget('somebody else');
  cache.set('other secret', 'other session', 'Bob', { askedAt, left: 3_600_000 });
  pass(900);
  expect(cache.get('other secret')).toBe('Bob');
  expect(cache.get('secret')).toBe('Ada');
  pass(200);
  expect(cache.get('other secret')).toBeUndefined();
  expect(cache.get('secret')).toBe('Ada');
});

test('a session is never remembered beyond its own end', () => {
  const { cache } = remembering({ left: 400 });
  pass(399);
  expect(cache.get('secret')).toBe('Ada');
  pass(2);
  expect(cache.get('secret')).toBeUndefined();
});

test('an ended session is forgotten at once, under each of its secrets', () => {
  const { cache, look } = remembering();
  cache.set('new secret', 'session', 'Ada', { askedAt: performance.now(), left: 3_600_000 });
  cache.forget('session');
  expect([cache.get('secret'), cache.get('new secret')]).toEqual([undefined, undefined]);
  pass(1);
  look();
  expect(cache.get('secret')).toBe('Ada');
});

test('a former secret opens for one more second, and no longer for being remembered for long', () => {
  const { cache } = remembering();
  pass(10_000);
  cache.renewed('session');
  pass(900);
  expect(cache.get('secret')).toBe('Ada');
  pass(200);
  expect(cache.get('secret')).toBeUndefined();
});

test('a second renewal gives the first secret no more time', () => {
  const { cache } = remembering();
  cache.renewed('session');
  pass(900);
  cache.renewed('session');
  pass(200);
  expect(cache.get('secret')).toBeUndefined();
});
