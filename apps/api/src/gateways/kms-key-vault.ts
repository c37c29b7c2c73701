import { DecryptCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { ProblemError } from '../problem-error.ts';
import { VaultRefusal } from '../vault/vault-refusal.ts';
import { KeyRefused, type KeyVault } from './key-vault.ts';

export interface KmsSettings {
  /** Id, alias or ARN. */
  readonly keyId: string;
  readonly region: string | undefined;
  /** Another address than Amazon's own. */
  readonly endpoint: string | undefined;
}

const timeoutMs = 5000;

/** What AWS says when it can be reached and will not open these bytes: asking again would not help. */
const refusals = new Set(['InvalidCiphertextException', 'IncorrectKeyException']);
/** The operator has to do something: a key that is switched off, deleted, unknown or not allowed to us. */
const misconfigured = new Set([
  'AccessDeniedException',
  'DisabledException',
  'InvalidKeyUsageException',
  'KMSInvalidStateException',
  'NotFoundException',
  'UnrecognizedClientException',
  'InvalidSignatureException',
  'CredentialsProviderError',
]);

/** KMS authenticates it with the ciphertext, and writes it into CloudTrail. */
const contextOf = (ownerId: string): Record<string, string> => ({ casetalk: 'data key', owner: ownerId });

/**
 * A vault whose keys never leave AWS KMS. One call finds out the key's ARN, which is its id from then on, and whether it
 * may be used at all. Credentials come the way the AWS SDK looks for them.
 * @throws VaultRefusal that names the setting when KMS refuses the key
 */
export async function createKmsKeyVault({ keyId, region, endpoint }: KmsSettings): Promise<KeyVault> {
  const client = new KMSClient({
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
    maxAttempts: 3,
    requestHandler: { connectionTimeout: timeoutMs, requestTimeout: timeoutMs },
  });

  async function encrypt(id: string, plain: Buffer, ownerId: string): Promise<{ id: string; bytes: Buffer }> {
    const answer = await client.send(
      new EncryptCommand({ KeyId: id, Plaintext: plain, EncryptionContext: contextOf(ownerId) }),
    );
    if (!answer.CiphertextBlob || !answer.KeyId) throw new Error('KMS answered without a ciphertext.');
    return { id: answer.KeyId, bytes: Buffer.from(answer.CiphertextBlob) };
  }

  /** Tells apart what another try may mend from what it will not. */
  function failureOf(error: unknown, id: string, ownerId: string): Error {
    const { name } = error as Error;
    if (refusals.has(name)) return new KeyRefused({ keyId: id, ownerId });
    if (misconfigured.has(name))
      return new KeyRefused({ keyId: id, ownerId }, `was refused (${name}) for that`);
    return new ProblemError('unavailable', { retryAfterSeconds: 2 });
  }

  const arn = await encrypt(keyId, Buffer.alloc(32), 'probe').then(
    ({ id }) => id,
    (error: unknown) => {
      throw new VaultRefusal(
        `VAULT_KMS_KEY_ID: KMS did not let the key ${keyId} be used (${(error as Error).name}). ` +
          'The process needs kms:Encrypt and kms:Decrypt on it, and the region and credentials of its account.',
      );
    },
  );

  return {
    keyId: arn,
    // KMS itself knows its former keys; whether they may still be used shows when they are.
    knows: (id) => id.startsWith('arn:'),

    async wrap(id, dataKey, ownerId) {
      try {
        return (await encrypt(id, dataKey, ownerId)).bytes;
      } catch (error) {
        throw failureOf(error, id, ownerId);
      }
    },

    async unwrap(id, wrapped, ownerId) {
      try {
        const { Plaintext } = await client.send(
          new DecryptCommand({ KeyId: id, CiphertextBlob: wrapped, EncryptionContext: contextOf(ownerId) }),
        );
        if (Plaintext?.length !== 32) throw new KeyRefused({ keyId: id, ownerId });
        return Buffer.from(Plaintext);
      } catch (error) {
        throw error instanceof KeyRefused ? error : failureOf(error, id, ownerId);
      }
    },
  };
}
