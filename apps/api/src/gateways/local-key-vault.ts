import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { KeyRefused, type KeyVault } from './key-vault.ts';

const nonceLength = 12;
const tagLength = 16;
const prefix = 'local-';

/** @returns the id of a key of this kind: a fingerprint, by which nothing can be guessed of 32 random bytes */
export const localKeyId = (key: Buffer): string =>
  prefix + createHmac('sha256', key).update('casetalk vault key id').digest('hex').slice(0, 16);

/** What a wrapped key is bound to. */
const bindingOf = (keyId: string, ownerId: string): Buffer =>
  Buffer.from(`casetalk data key|1|${keyId}|${ownerId}`);

/**
 * A vault whose keys stand in the settings. Wraps with AES-256-GCM under a random 96-bit nonce; the owner's id and the
 * key's stand in the associated data.
 * @param keys the current key first, 32 bytes each; those after it only open what they wrapped before, until a rotation
 */
export function createLocalKeyVault(keys: readonly [Buffer, ...Buffer[]]): KeyVault {
  const byId = new Map<string, KeyObject>(keys.map((key) => [localKeyId(key), createSecretKey(key)]));
  const keyOf = (keyId: string, ownerId: string): KeyObject => {
    const key = byId.get(keyId);
    if (!key) throw new KeyRefused({ keyId, ownerId }, 'is not among the settings, and wraps the data key');
    return key;
  };

  return {
    keyId: localKeyId(keys[0]),
    knows: (keyId) => byId.has(keyId),

    async wrap(keyId, dataKey, ownerId) {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv('aes-256-gcm', keyOf(keyId, ownerId), nonce).setAAD(
        bindingOf(keyId, ownerId),
      );
      return Buffer.concat([nonce, cipher.update(dataKey), cipher.final(), cipher.getAuthTag()]);
    },

    async unwrap(keyId, wrapped, ownerId) {
      const key = keyOf(keyId, ownerId);
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, wrapped.subarray(0, nonceLength), {
          authTagLength: tagLength,
        })
          .setAAD(bindingOf(keyId, ownerId))
          .setAuthTag(wrapped.subarray(-tagLength));
        const dataKey = decipher.update(wrapped.subarray(nonceLength, -tagLength));
        decipher.final();
        return dataKey;
      } catch {
        throw new KeyRefused({ keyId, ownerId });
      }
    },
  };
}
