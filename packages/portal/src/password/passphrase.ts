import type { Language } from '@casetalk/contract';

/** Six words of 1,024 or more are at least 60 bits, far more than anybody can guess through a sign-in form. */
const wordCount = 6;

type WordList = { readonly passphraseWords: readonly string[] };

/** A list comes when it is asked for: neither belongs to the first load. */
const lists: Readonly<Record<Language, () => Promise<WordList>>> = {
  en: () => import('./passphrase-words-en.ts'),
  es: () => import('./passphrase-words-es.ts'),
};

/** A number below `limit`, every one as likely as the other. */
function randomBelow(limit: number): number {
  const highest = Math.floor(2 ** 32 / limit) * limit;
  const [value = 0] = crypto.getRandomValues(new Uint32Array(1));
  return value < highest ? value % limit : randomBelow(limit);
}

/**
 * A passphrase such as "river-candle-otter-plaza-mint-wagon" in words of the reader's language, from the browser's own
 * secure random numbers. Rejects when the words cannot be loaded.
 */
export async function suggestPassphrase(language: Language): Promise<string> {
  const { passphraseWords } = await lists[language]();
  return Array.from(
    { length: wordCount },
    () => passphraseWords[randomBelow(passphraseWords.length)] ?? '',
  ).join('-');
}
