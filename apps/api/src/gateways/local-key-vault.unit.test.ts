import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { KeyRefused } from './key-vault.ts';
import { createLocalKeyVault, localKeyId } from './local-key-vault.ts';

const [key, former] = [randomBytes(32), randomBytes(32)];

describe('the vault of our own keys', () => {
  it('unwraps what it wrapped, for the same owner and key alone', async () => {
    const vault = createLocalKeyVault([key, former]);
    const dataKey = randomBytes(32);
    const wrapped = await vault.wrap(vault.keyId, dataKey, 'a talk');
    expect(await vault.unwrap(vault.keyId, wrapped, 'a talk')).toEqual(dataKey);
    await expect(vault.unwrap(vault.keyId, wrapped, 'another talk')).rejects.toThrow(KeyRefused);
    await expect(vault.unwrap(localKeyId(former), wrapped, 'a talk')).rejects.toThrow(KeyRefused);
    for (const broken of [wrapped.subarray(0, -1), Buffer.alloc(0), Buffer.alloc(60)]) {
      await expect(vault.unwrap(vault.keyId, broken, 'a talk')).rejects.toThrow(KeyRefused);
    }
  });

  it('opens with a former key what was wrapped when that was the present one', async () => {
    const before = createLocalKeyVault([former]);
    const dataKey = randomBytes(32);
    const wrapped = await before.wrap(before.keyId, dataKey, 'a case');
    const now = createLocalKeyVault([key, former]);
    expect(now.keyId).not.toBe(before.keyId);
    expect(await now.unwrap(before.keyId, wrapped, 'a case')).toEqual(dataKey);
    await expect(createLocalKeyVault([key]).unwrap(before.keyId, wrapped, 'a case')).rejects.toThrow(
      `The vault key ${before.keyId} is not among the settings, and wraps the data key of a case.`,
    );
  });

  it('names a key without saying anything of it', () => {
    expect(localKeyId(key)).toMatch(/^local-[0-9a-f]{16}$/);
    expect(localKeyId(key)).toBe(localKeyId(Buffer.from(key)));
    expect(key.toString('hex')).not.toContain(localKeyId(key).slice(6));
  });
});
