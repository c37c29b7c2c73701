import { judgePassword, limits } from '@casetalk/contract';
import { describe, expect, it } from 'vitest';
import { suggestPassphrase } from './passphrase.ts';
import { passphraseWords as english } from './passphrase-words-en.ts';
import { passphraseWords as spanish } from './passphrase-words-es.ts';

describe.each([
  { language: 'en', list: english },
  { language: 'es', list: spanish },
] as const)('the suggested passphrase in $language', ({ language, list }) => {
  it('is drawn from at least 1,024 different plain words', () => {
    expect(new Set(list).size).toBe(list.length);
    expect(list.length).toBeGreaterThanOrEqual(1024);
    expect(list.filter((word) => !/^[a-z]{3,12}$/.test(word))).toEqual([]);
  });

  it('meets every requirement that can be judged without the list of common passwords', async () => {
    for (let round = 0; round < 200; round += 1) {
      const password = await suggestPassphrase(language);
      expect(judgePassword(password, { words: ['ana.ruiz@example.com', 'Ana Ruiz'] })).toEqual({
        length: true,
        notPersonal: true,
        notRepetitive: true,
      });
      expect(password.split('-').filter((word) => !list.includes(word))).toEqual([]);
      expect(password.length).toBeLessThanOrEqual(limits.passwordMaxLength);
    }
  });

  it('is another one each time', async () => {
    const many = await Promise.all(Array.from({ length: 100 }, () => suggestPassphrase(language)));
    expect(new Set(many).size).toBe(100);
  });
});
