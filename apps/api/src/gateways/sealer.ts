import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { deriveKey } from './derive-key.ts';

export interface Sealer {
  /** AES-256-GCM with a random 96-bit nonce; `context` must be the same when it is opened. */
  seal(plain: string, context: string): Buffer;
  /** @throws when the bytes were changed, or belong to another context or key */
  open(sealed: Buffer, context: string): string;
  /** HMAC-SHA-256 for values that must be found again but not read: numbers, addresses. */
  fingerprint(value: string): Buffer;
  /**
   * A secret of 256 bits for a link, the same each time for the same purpose: a mail that leaves twice carries one link.
   * It stands nowhere, and without the key nobody makes it.
   */
  linkSecret(purpose: string): string;
}

const nonceLength = 12;
const tagLength = 16;

/** @param key the server's key, 32 bytes in base64; each use gets a key of its own by HKDF (RFC 5869) */
export function createSealer(key: string): Sealer {
  const sealing = deriveKey(key, 'casetalk seal 1');
  const printing = deriveKey(key, 'casetalk fingerprint 1');
  const linking = deriveKey(key, 'casetalk link 1');
  return {
    seal(plain, context) {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce).setAAD(Buffer.from(context));
      return Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    },
    open(sealed, context) {
      const decipher = createDecipheriv('aes-256-gcm', sealing, sealed.subarray(0, nonceLength), {
        authTagLength: tagLength,
      })
        .setAAD(Buffer.from(context))
        .setAuthTag(sealed.subarray(-tagLength));
      return (
        decipher.update(sealed.subarray(nonceLength, -tagLength), undefined, 'utf8') + decipher.final('utf8')
      );
    },
    fingerprint: (value) => createHmac('sha256', printing).update(value).digest(),
    linkSecret: (purpose) => createHmac('sha256', linking).update(purpose).digest('base64url'),
  };
}
