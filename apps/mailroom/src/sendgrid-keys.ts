import { createPrivateKey, createPublicKey, createSign, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** The pair that signs the Event Webhook. */
export interface SendGridKeyPair {
  /** P-256 private key: PKCS#8 as base64 DER, or PEM. */
  privateKey: string;
}

/** Signs event batches as SendGrid does and shows the key they are checked with. */
export class EventSigner {
  /** Base64 of the DER SPKI public key, the form SendGrid's settings page shows. */
  readonly publicKey: string;
  readonly #privateKey: KeyObject;

  /**
   * @param keyPair Generated when missing.
   * @throws When the given key is not a P-256 private key.
   */
  constructor(keyPair?: SendGridKeyPair) {
    this.#privateKey = keyPair === undefined ? generate() : read(keyPair.privateKey);
    this.publicKey = createPublicKey(this.#privateKey)
      .export({ type: 'spki', format: 'der' })
      .toString('base64');
  }

  /** @returns The base64 signature over the timestamp followed by the raw body. */
  sign(timestamp: string, body: string): string {
    return createSign('sha256')
      .update(timestamp + body)
      .sign(this.#privateKey, 'base64');
  }
}

function generate(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
}

function read(text: string): KeyObject {
  const key = text.includes('-----BEGIN')
    ? createPrivateKey(text)
    : createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' });
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new Error('The SendGrid signing key must be a P-256 private key.');
  }
  return key;
}
