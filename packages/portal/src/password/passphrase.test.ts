import { judgePassword, limits } from '@casetalk/contract';
import { describe, expect, it } from 'vitest';
import { suggestPassphrase } from './passphrase.ts';
import { passphraseWords } from './passphrase-words.ts';

describe('the suggested passphrase', () => {
  it('is drawn from at least 1,024 different plain words', () => {
    expect(new Set(passphraseWords).size).toBe(passphraseWords.length);
    expect(passphraseWords.length).toBeGreaterThanOrEqual(1024);
    expect(passphraseWords.filter((word) => !/^[a-z]{3,12}$/.test(word))).toEqual([]);
  });

  it('meets every requirement that can be judged without the list of common passwords', () => {
    for (let round = 0; round < 200; round += 1) {
      const password = suggestPassphrase();
      expect(judgePassword(password, { words: ['ana.ruiz@example.com', 'Ana Ruiz'] })).toEqual({
        length: true,
        notPersonal: true,
        notRepetitive: true,
      });
      expect(password.length).toBeLessThanOrEqual(limits.passwordMaxLength);
    }
  });

  it('is another one each time', () => {
    expect(new Set(Array.from({ length: 100 }, suggestPassphrase)).size).toBe(100);
  });
});
