import { describe, expect, test } from 'vitest';
import { judgePassword } from './password-rules.ts';

const ana = { words: ['Ana Ruiz', 'ana.ruiz@example.com', '+14155550134'] };

describe('judgePassword', () => {
  test.each([
    ['plum river under lamps', { length: true, notPersonal: true, notRepetitive: true }],
    ['short', { length: false, notPersonal: true, notRepetitive: true }],
    ['fourteen chars', { length: false, notPersonal: true, notRepetitive: true }],
    ['fifteen  chars!', { length: true, notPersonal: true, notRepetitive: true }],
    ['ana.ruiz@example.com', { length: true, notPersonal: false, notRepetitive: true }],
    ['AnaRuiz2026AnaRuiz', { length: true, notPersonal: false, notRepetitive: true }],
    ['14155550134+14155550134', { length: true, notPersonal: false, notRepetitive: true }],
    ['casetalkcasetalk1', { length: true, notPersonal: false, notRepetitive: true }],
    ['my talk with ana ruiz about bread', { length: true, notPersonal: true, notRepetitive: true }],
    ['aaaaaaaaaaaaaaaaaa', { length: true, notPersonal: true, notRepetitive: false }],
    ['abcabcabcabcabcabc', { length: true, notPersonal: true, notRepetitive: false }],
    ['abcdefghijklmnopq', { length: true, notPersonal: true, notRepetitive: false }],
    ['987654321098765', { length: true, notPersonal: true, notRepetitive: false }],
    ['', { length: false, notPersonal: false, notRepetitive: false }],
  ])('%s', (password, expected) => {
    expect(judgePassword(password, ana)).toEqual(expected);
  });

  test('counts code points, not code units: eight emoji are eight', () => {
    expect(judgePassword('🌵🌊🌲🍋🎈🎻🚲🧵', ana).length).toBe(false);
  });

  test('refuses what is longer than 128 code points', () => {
    expect(judgePassword('plum river '.repeat(12), ana).length).toBe(false);
  });
});
