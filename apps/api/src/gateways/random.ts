import { createHash, randomBytes, randomInt } from 'node:crypto';
import { limits } from '@casetalk/contract';

/** A secret of 256 bits for a link or a cookie, and the SHA-256 of it that is stored. */
export function newSecret(): { secret: string; hash: Buffer } {
  const secret = randomBytes(32).toString('base64url');
  return { secret, hash: hashSecret(secret) };
}

/** SHA-256 is enough for a secret that nobody can guess. */
export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** A verification code: digits from the operating system's generator, leading zeros kept. */
export const newCode = (): string =>
  randomInt(10 ** limits.codeLength)
    .toString()
    .padStart(limits.codeLength, '0');

/** Crockford's base 32: digits and letters that nobody mistakes for one another. */
const plainLetters = '0123456789abcdefghjkmnpqrstvwxyz';

/** A recovery code: 60 random bits in twelve letters and digits. */
export const newRecoveryCode = (): string =>
  Array.from({ length: 12 }, () => plainLetters.charAt(randomInt(plainLetters.length))).join('');
