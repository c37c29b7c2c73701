import { createHmac } from 'node:crypto';

/** How the codes of one account are made: RFC 6238, as written in a setup key or an `otpauth://` address. */
export interface CodeRecipe {
  readonly key: Buffer;
  readonly algorithm: 'sha1' | 'sha256' | 'sha512';
  /** Numbers of a code. */
  readonly digits: number;
  /** Seconds for which a code holds. */
  readonly period: number;
}

/** What is known of an account before its first code. */
export interface ReadAccount extends CodeRecipe {
  /** Whose account: mostly an email address; empty when a bare key was given. */
  readonly name: string;
  /** Whose service; empty when it is not said. */
  readonly issuer: string;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const BITS_OF_LETTER = 5;
/** Bits of the shortest key that RFC 4226 lets pass. */
const FEWEST_BITS = 80;
const ALGORITHMS = ['sha1', 'sha256', 'sha512'] as const;

/**
 * Reads a setup key (base32, spaces and dashes welcome) or an `otpauth://totp/` address.
 * @throws {Error} Saying what is wrong with it, for the person who pasted it.
 */
export function readAccount(pasted: string): ReadAccount {
  const text = pasted.trim();
  if (!/^otpauth:/i.test(text)) {
    return { key: keyOf(text), algorithm: 'sha1', digits: 6, period: 30, name: '', issuer: '' };
  }
  const address = URL.canParse(text) ? new URL(text) : null;
  if (address?.host.toLowerCase() !== 'totp') {
    throw new Error('Only addresses that begin with otpauth://totp/ are known here.');
  }
  const asked = address.searchParams;
  const algorithm = ALGORITHMS.find(
    (name) => name === (asked.get('algorithm') ?? 'sha1').toLowerCase().replace('-', ''),
  );
  if (algorithm === undefined) throw new Error('The algorithm must be SHA1, SHA256 or SHA512.');
  const [issuer, name] = labelOf(address.pathname);
  return {
    key: keyOf(asked.get('secret') ?? ''),
    algorithm,
    digits: numberOf('digits', asked.get('digits') ?? '6', 6, 8),
    period: numberOf('period', asked.get('period') ?? '30', 10, 300),
    name,
    issuer: asked.get('issuer') ?? issuer,
  };
}

/** The code at an instant, given in milliseconds since 1970, its leading zeros kept. */
export function codeAt({ key, algorithm, digits, period }: CodeRecipe, now: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 1000 / period)));
  const digest = createHmac(algorithm, key).update(counter).digest();
  const offset = digest.readUInt8(digest.length - 1) & 0x0f;
  const number = digest.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/** When the code of an instant gives way to the next one, in milliseconds since 1970. */
export function endOfCode({ period }: CodeRecipe, now: number): number {
  const periodMs = period * 1000;
  return (Math.floor(now / periodMs) + 1) * periodMs;
}

function keyOf(written: string): Buffer {
  const letters = written.toUpperCase().replaceAll(/[\s-]|=+$/g, '');
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const letter of letters) {
    const value = LETTERS.indexOf(letter);
    if (value < 0) throw new Error('A setup key has only the letters A to Z and the numbers 2 to 7.');
    held = (held << BITS_OF_LETTER) | value;
    bits += BITS_OF_LETTER;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 0xff);
    }
  }
  if (bytes.length * 8 < FEWEST_BITS) throw new Error('This setup key is too short. Paste all of it.');
  return Buffer.from(bytes);
}

/** "CaseTalk:ana@example.com" as issuer and name. */
function labelOf(path: string): readonly [issuer: string, name: string] {
  let label: string;
  try {
    label = decodeURIComponent(path.replace(/^\//, ''));
  } catch {
    throw new Error('The name in this address cannot be read.');
  }
  const colon = label.indexOf(':');
  return colon < 0 ? ['', label.trim()] : [label.slice(0, colon).trim(), label.slice(colon + 1).trim()];
}

function numberOf(what: string, written: string, least: number, most: number): number {
  const number = Number(written);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new Error(`The ${what} must be a whole number from ${least} to ${most}.`);
}
