import { Secret, TOTP } from 'otpauth';

const issuer = 'CaseTalk';
/** RFC 6238 as every authenticator app knows it; `window` is steps to either side, for clocks that differ a little. */
const recipe = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
const window = 1;
/** RFC 4226 §4 asks for 160 bits. */
const secretBytes = 20;

/** A new setup key: 160 random bits in base32, 32 characters. */
export const newSetupKey = (): string => new Secret({ size: secretBytes }).base32;

/** The setup key as an `otpauth://` address, for a QR code. */
export const setupUri = (setupKey: string, account: string): string =>
  new TOTP({ ...recipe, issuer, label: account, secret: Secret.fromBase32(setupKey) }).toString();

/**
 * Judges a code, in constant time.
 * @param at milliseconds since 1970, by the database's clock
 * @returns the time step that the code belongs to; undefined for a wrong code
 */
export function stepOfCode(setupKey: string, code: string, at: number): number | undefined {
  const totp = new TOTP({ ...recipe, secret: Secret.fromBase32(setupKey) });
  const delta = totp.validate({ token: code, timestamp: at, window });
  return delta === null ? undefined : Math.floor(at / 1000 / recipe.period) + delta;
}
