import { expect, test } from 'vitest';
import { zipNames } from './zip-names.rules.ts';

test.each([
  ['knee.jpg', 'knee.jpg'],
  ['Röntgen 膝 👍🏽.png', 'Röntgen 膝 👍🏽.png'],
  ['../../etc/passwd', '__.._etc_passwd'],
  ['C:\\Windows\\a.txt', 'C__Windows_a.txt'],
  ['what?.pdf', 'what_.pdf'],
  ['CON', '_CON'],
  ['nul.txt', '_nul.txt'],
  ['console.txt', 'console.txt'],
  ['.profile', '_profile'],
  ['ends with dots...', 'ends with dots'],
  ['...', 'file'],
  ['a\u0000b.txt', 'a_b.txt'],
])('%j is called %j', (given, expected) => {
  expect(zipNames([given])).toEqual([expected]);
});

test('nobody has another one’s name', () => {
  expect(zipNames(['a.jpg', 'A.JPG', 'a.jpg', 'a (2).jpg', 'note.txt'], ['NOTE.txt'])).toEqual([
    'a.jpg',
    'A (2).JPG',
    'a (3).jpg',
    'a (2) (2).jpg',
    'note (2).txt',
  ]);
});

test('long names keep their ending, and thousands of the same are told apart soon', () => {
  const [long] = zipNames([`${'n'.repeat(250)}.jpeg`]);
  expect(long).toHaveLength(200);
  expect(long).toMatch(/n\.jpeg$/);
  const names = zipNames(Array<string>(20_000).fill('photo.jpg'));
  expect(new Set(names).size).toBe(20_000);
});
