import { limits } from './limits.ts';
import type { PasswordRule } from './people.ts';

/** What a password must not be made of: the person's names, email address and phone numbers, as far as known. */
export interface PersonalWords {
  readonly words: readonly string[];
}

/** NIST SP 800-63B-4 §3.1.1.2: passwords are compared and counted after Unicode normalization, in code points. */
export const normalizePassword = (password: string): string => password.normalize('NFKC');

/** The requirements that can be judged without the list of common passwords; the API adds `notCommon`. */
export type LocalPasswordRule = Exclude<PasswordRule, 'notCommon'>;

/**
 * Judges a password by the requirements of NIST SP 800-63B-4 and OWASP ASVS 5.0 (6.2.1, 6.2.9, 6.2.11): length, nothing
 * personal, no mere repetition or run. The same function runs in the portals while typing and in the API before hashing.
 */
export function judgePassword(password: string, personal: PersonalWords): Record<LocalPasswordRule, boolean> {
  const normalized = normalizePassword(password);
  const length = Array.from(normalized).length;
  return {
    length:
      length >= limits.passwordMinLength &&
      length <= limits.passwordMaxLength &&
      new TextEncoder().encode(normalized).length <= limits.passwordMaxBytes,
    notPersonal: length > 0 && !isPersonal(normalized, personal.words),
    notRepetitive: length > 0 && !isRepetitive(normalized) && !isRun(normalized),
  };
}

/** True when nothing but a personal word, the service's name, and digits or signs around them remains. */
function isPersonal(password: string, words: readonly string[]): boolean {
  const letters = bare(password);
  const parts = ['casetalk', ...words.flatMap((word) => [word, ...word.split(/[\s@.,_-]+/)])]
    .map(bare)
    .filter((part) => part.length >= 4)
    .sort((a, b) => b.length - a.length);
  const rest = parts.reduce((left, part) => left.replaceAll(part, ''), letters);
  if (rest === letters) return false;
  return rest.replaceAll(/\d/g, '').length < 4;
}

/** Lower-cased letters and digits without accents, so that `Añá-Ruíz` and `anaruiz` are the same word. */
function bare(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** True for one block of up to four characters said over and over: `aaaaaaaa`, `abcabcabc`. */
function isRepetitive(password: string): boolean {
  const points = Array.from(password.toLowerCase());
  return [1, 2, 3, 4].some(
    (size) => points.length > size && points.every((point, index) => point === points[index % size]),
  );
}

const rows = ['abcdefghijklmnopqrstuvwxyz', '0123456789', 'qwertyuiopasdfghjklzxcvbnm'];

/** True when the whole password walks along the alphabet, the digits or the keyboard, forwards or backwards. */
function isRun(password: string): boolean {
  const text = password.toLowerCase();
  return rows.some((row) => {
    const around = row.repeat(Math.ceil(text.length / row.length) + 1);
    return around.includes(text) || Array.from(around).toReversed().join('').includes(text);
  });
}
