import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KeyRefused } from './key-vault.ts';
import { createKmsKeyVault } from './kms-key-vault.ts';

const arn = 'arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

/** The fields of the requests; bytes are in base64. */
interface KmsInput {
  readonly KeyId: string;
  readonly Plaintext: string;
  readonly CiphertextBlob: string;
  readonly EncryptionContext: Record<string, string>;
}

/** What of KMS's protocol (AWS JSON 1.1) the vault speaks, played over HTTP with a key of its own. */
function startKms() {
  const key = randomBytes(32);
  const state = { failure: undefined as { status: number; type: string } | undefined, asked: [] as string[] };
  const aadOf = (context: Record<string, string>): Buffer =>
    Buffer.from(JSON.stringify(Object.entries(context)));
  const acts: Record<string, (input: KmsInput) => object | undefined> = {
    Encrypt({ Plaintext, EncryptionContext }) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(aadOf(EncryptionContext));
      const sealed = Buffer.concat([cipher.update(Buffer.from(Plaintext, 'base64')), cipher.final()]);
      const blob = Buffer.concat([nonce, sealed, cipher.getAuthTag()]);
      return { KeyId: arn, CiphertextBlob: blob.toString('base64') };
    },
    Decrypt({ KeyId, CiphertextBlob, EncryptionContext }) {
      if (KeyId !== arn) return undefined;
      try {
        const blob = Buffer.from(CiphertextBlob, 'base64');
        const decipher = createDecipheriv('aes-256-gcm', key, blob.subarray(0, 12), { authTagLength: 16 })
          .setAAD(aadOf(EncryptionContext))
          .setAuthTag(blob.subarray(-16));
        const plain = Buffer.concat([decipher.update(blob.subarray(12, -16)), decipher.final()]);
        return { KeyId: arn, Plaintext: plain.toString('base64') };
      } catch {
        return undefined;
      }
    },
  };
  const server: Server = createServer((request, response) => {
    void text(request).then((body) => {
      const [, act = ''] = String(request.headers['x-amz-target']).split('.');
      state.asked.push(act);
      const answer = state.failure ? undefined : acts[act]?.(JSON.parse(body) as KmsInput);
      const { status, type } = state.failure ?? { status: 400, type: 'InvalidCiphertextException' };
      response.writeHead(answer ? 200 : status, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(answer ?? { __type: type, message: 'refused' }));
    });
  });
  return { server, state };
}

describe('the vault in AWS KMS', () => {
  let kms: ReturnType<typeof startKms>;
  let endpoint: string;
  const open = () => createKmsKeyVault({ keyId: 'alias/casetalk', region: 'us-west-2', endpoint });

  beforeEach(async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAEXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example');
    kms = startKms();
    await new Promise<void>((resolve) => {
      kms.server.listen(0, '127.0.0.1', resolve);
    });
    endpoint = `http://127.0.0.1:${(kms.server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    kms.server.closeAllConnections();
    kms.server.close();
  });

  it('goes by the key’s ARN, which KMS tells of an alias', async () => {
    const vault = await open();
    expect(vault.keyId).toBe(arn);
    expect([vault.knows(arn), vault.knows('local-0123456789abcdef')]).toEqual([true, false]);
  });

  it('unwraps what it wrapped, for the same owner alone', async () => {
    const vault = await open();
    const dataKey = randomBytes(32);
    const wrapped = await vault.wrap(arn, dataKey, 'a talk');
    expect(wrapped.includes(dataKey)).toBe(false);
    expect(await vault.unwrap(arn, wrapped, 'a talk')).toEqual(dataKey);
    await expect(vault.unwrap(arn, wrapped, 'another talk')).rejects.toThrow(KeyRefused);
    await expect(vault.unwrap(`${arn}0`, wrapped, 'a talk')).rejects.toThrow(KeyRefused);
    wrapped.writeUInt8(wrapped.readUInt8(20) ^ 1, 20);
    await expect(vault.unwrap(arn, wrapped, 'a talk')).rejects.toThrow(KeyRefused);
  });

  it('says which setting to mend when KMS does not let the key be used', async () => {
    kms.state.failure = { status: 400, type: 'AccessDeniedException' };
    await expect(open()).rejects.toThrow(/VAULT_KMS_KEY_ID: .*alias\/casetalk.*AccessDeniedException/);
  });

  it('tells a KMS that is out of order from a key that is refused', async () => {
    const vault = await open();
    const wrapped = await vault.wrap(arn, randomBytes(32), 'a talk');
    kms.state.failure = { status: 500, type: 'KMSInternalException' };
    await expect(vault.unwrap(arn, wrapped, 'a talk')).rejects.toMatchObject({ code: 'unavailable' });
    expect(kms.state.asked.filter((act) => act === 'Decrypt')).toHaveLength(3);
    kms.state.failure = { status: 400, type: 'DisabledException' };
    await expect(vault.unwrap(arn, wrapped, 'a talk')).rejects.toThrow(KeyRefused);
  });
});
