import { passphraseWords } from './passphrase-words.ts';

/** Six words of 1,024 or more are at least 60 bits, far more than anybody can guess through a sign-in form. */
const wordCount = 6;

/** A number below `limit`, every one as likely as the other. */
function randomBelow(limit: number): number {
  const highest = Math.floor(2 ** 32 / limit) * limit;
  const [value = 0] = crypto.getRandomValues(new Uint32Array(1));
  return value < highest ? value % limit : randomBelow(limit);
}

/** A passphrase such as "river-candle-otter-plaza-mint-wagon", from the browser's own secure random numbers. */
export function suggestPassphrase(): string {
  return Array.from(
    { length: wordCount },
    () => passphraseWords[randomBelow(passphraseWords.length)] ?? '',
  ).join('-');
}
