import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { nodeFlagsOf } from './node-flags.ts';

const api = resolve(import.meta.dirname, '../../../../apps/api');

test('the image starts the API as its package does', () => {
  const command = readFileSync(resolve(api, 'Dockerfile'), 'utf8')
    .split('\n')
    .findLast((line) => line.startsWith('CMD'));
  expect(JSON.parse(command?.slice('CMD '.length) ?? '')).toEqual([
    'node',
    ...nodeFlagsOf(api),
    'src/main.ts',
  ]);
});
