import { dictionary } from '@zxcvbn-ts/language-common';

const common = new Set(dictionary['passwords-common']);
const shortestPart = 4;

/**
 * Is this among the passwords that people choose most, or made of them in the ways that people lengthen them: digits and
 * signs around one, one said twice, two of them strung together? The list holds 49,000 entries; with its pairs it covers
 * far more than the 3,000 of sufficient length that OWASP ASVS 5.0 6.2.4 asks for, and needs no network.
 */
export function isCommonPassword(password: string): boolean {
  const text = password.normalize('NFKC').toLowerCase();
  const joined = text.replaceAll(/[\s._-]+/g, '');
  const core = joined.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  return [text, joined, core].some((candidate) => common.has(candidate) || isPair(candidate));
}

function isPair(text: string): boolean {
  for (let at = shortestPart; at <= text.length - shortestPart; at += 1) {
    if (common.has(text.slice(0, at)) && common.has(text.slice(at))) return true;
  }
  return false;
}
