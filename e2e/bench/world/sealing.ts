import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

/**
 * Seals what the bench fills in, the way docs/decisions/0018-sealed-talks.md writes it down. The API opens it or the bench
 * fails: so this is also a second reading of that page.
 */
function encrypt(key: KeyObject, binding: string, plain: Buffer): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(binding));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

export interface BenchKey {
  /** Whose key it is: a talk's or a case's id. */
  readonly ownerId: string;
  /** As the table `data_keys` keeps it. */
  readonly wrapped: Buffer;
  readonly texts: KeyObject;
}

/** @param vaultKey 32 bytes in base64, the API's VAULT_KEY */
export function benchVault(vaultKey: string) {
  const raw = Buffer.from(vaultKey, 'base64');
  const vault = createSecretKey(raw);
  const print = createHmac('sha256', raw).update('casetalk vault key id').digest('hex');
  const keyId = `local-${print.slice(0, 16)}`;
  return {
    keyId,
    newKey(ownerId: string): BenchKey {
      const secret = randomBytes(32);
      return {
        ownerId,
        wrapped: encrypt(vault, `casetalk data key|1|${keyId}|${ownerId}`, secret),
        texts: createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', 'casetalk texts 1', 32))),
      };
    },
  };
}

/** A sealed text: the form's number, nonce, ciphertext and tag. */
export const sealText = (key: BenchKey, table: string, column: string, rowId: string, text: Buffer): Buffer =>
  Buffer.concat([Buffer.of(1), encrypt(key.texts, `${table}|${column}|${rowId}|${key.ownerId}|1`, text)]);

/** Opens what {@link sealText} made, with the calls that the API makes. @throws when anything of it was changed */
export function openText(
  key: BenchKey,
  table: string,
  column: string,
  rowId: string,
  sealed: Buffer,
): string {
  const decipher = createDecipheriv('aes-256-gcm', key.texts, sealed.subarray(1, 13), { authTagLength: 16 });
  decipher.setAAD(Buffer.from(`${table}|${column}|${rowId}|${key.ownerId}|1`));
  decipher.setAuthTag(sealed.subarray(-16));
  const plain = decipher.update(sealed.subarray(13, -16));
  decipher.final();
  return plain.toString('utf8');
}
