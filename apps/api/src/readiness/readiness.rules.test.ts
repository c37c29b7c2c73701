import { expect, test } from 'vitest';
import {
  type Check,
  type Checks,
  degraded,
  failed,
  fine,
  keysCheck,
  migrationsCheck,
  readinessOf,
} from './readiness.rules.ts';

const all: Checks = {
  database: fine,
  migrations: fine,
  keys: fine,
  queue: fine,
  files: fine,
  events: fine,
};

test.each<[string, Partial<Record<keyof Checks, Check>>, string]>([
  ['everything works', {}, 'ready'],
  ['something is out that nobody waits for', { events: degraded('late') }, 'degraded'],
  ['something is out that all need', { database: failed('away') }, 'unready'],
  ['both', { events: degraded('late'), keys: failed('unknown') }, 'unready'],
])('when %s', (_, some, status) => {
  expect(readinessOf({ ...all, ...some }).status).toBe(status);
});

test('a database that is behind this build cannot be served from, one that is ahead can for a while', () => {
  expect(migrationsCheck([1, 2], [2, 1])).toEqual({ status: 'ok' });
  expect(migrationsCheck([1, 2], [1])).toMatchObject({ status: 'failed' });
  expect(migrationsCheck([1, 2], [1, 2, 3])).toMatchObject({ status: 'degraded' });
  expect(migrationsCheck([1, 2], [1, 3])).toMatchObject({ status: 'failed' });
});

test('every key in use has to be there, and nothing of it is told', () => {
  expect(keysCheck(['a', 'b'], () => true)).toEqual({ status: 'ok' });
  const check = keysCheck(['the-new-key', 'b'], (id) => id === 'b');
  expect(check.status).toBe('failed');
  expect(check.reason).not.toContain('the-new-key');
});
