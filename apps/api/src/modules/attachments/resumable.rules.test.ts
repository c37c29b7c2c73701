import { limits } from '@casetalk/contract';
import { describe, expect, test } from 'vitest';
import { declarationOf, offsetOf } from './resumable.rules.ts';

const named = (name: string): string => `filetype dGV4dA==, filename ${Buffer.from(name).toString('base64')}`;

describe('what a sender declares of a file', () => {
  test.each(['knee.mp4', 'Radiografía – 膝.dcm', 'a b, c.zip'])('holds its name %s', (name) => {
    expect(declarationOf('12', named(name))).toEqual({ name, size: 12, fingerprint: null });
  });

  test.each([
    ['0123456789abcdef0123456789ABCDEF', '0123456789abcdef0123456789ABCDEF'],
    ['too short', null],
    ['x'.repeat(65), null],
    ['', null],
  ])('holds by what it knows the file again: %s', (given, fingerprint) => {
    const metadata = `${named('a.zip')},fingerprint ${Buffer.from(given).toString('base64')}`;
    expect(declarationOf('12', metadata)).toEqual({ name: 'a.zip', size: 12, fingerprint });
  });

  test.each([
    [undefined, named('a.zip'), 'size-missing'],
    ['1e9', named('a.zip'), 'size-missing'],
    ['-1', named('a.zip'), 'size-missing'],
    ['0', named('a.zip'), 'empty'],
    [String(limits.fileSize + 1), named('a.zip'), 'too-large'],
    ['12', undefined, 'name-missing'],
    ['12', 'filename', 'name-missing'],
    ['12', 'filename ***', 'name-missing'],
  ])('is refused for the length %s and the metadata %s', (length, metadata, fault) => {
    expect(declarationOf(length, metadata)).toBe(fault);
  });
});

test('an offset is a whole number', () => {
  expect(['0', '16777216', '1.5', '', undefined].map(offsetOf)).toEqual([
    0,
    16_777_216,
    undefined,
    undefined,
    undefined,
  ]);
});
