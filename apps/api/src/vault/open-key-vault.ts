import { readFile } from 'node:fs/promises';
import type { KeyVault } from '../gateways/key-vault.ts';
import { createKmsKeyVault } from '../gateways/kms-key-vault.ts';
import { createLocalKeyVault } from '../gateways/local-key-vault.ts';
import { isVaultKey, type VaultSettings } from '../settings.ts';
import { VaultRefusal } from './vault-refusal.ts';

/**
 * Opens the vault that the settings name: a key of our own or one of AWS KMS, exactly one of them, and the former keys.
 * @throws VaultRefusal that says which setting is missing or wrong, and how to mend it
 */
export async function openKeyVault(settings: VaultSettings): Promise<KeyVault> {
  const { VAULT_KEY, VAULT_KEY_FILE, VAULT_KMS_KEY_ID, VAULT_FORMER_KEYS } = settings;
  const given = [VAULT_KEY, VAULT_KEY_FILE, VAULT_KMS_KEY_ID].filter((one) => one !== undefined);
  if (given.length !== 1) {
    throw new VaultRefusal(
      `${given.length === 0 ? 'No vault key is set' : 'More than one vault key is set'}: exactly one of VAULT_KEY, ` +
        'VAULT_KEY_FILE and VAULT_KMS_KEY_ID opens what people write. ' +
        '`node src/create-secrets.ts <file>` makes a key for a new installation; an existing one needs the key it was ' +
        'sealed with. See docs/deployment.md, "Keys".',
    );
  }
  const former = VAULT_FORMER_KEYS.map((key) => Buffer.from(key, 'base64'));
  if (VAULT_KMS_KEY_ID === undefined) {
    const own = VAULT_KEY ?? (await keyIn(VAULT_KEY_FILE ?? ''));
    return createLocalKeyVault([Buffer.from(own, 'base64'), ...former]);
  }
  const kms = await createKmsKeyVault({
    keyId: VAULT_KMS_KEY_ID,
    region: settings.VAULT_KMS_REGION,
    endpoint: settings.VAULT_KMS_ENDPOINT,
  });
  const [first, ...others] = former;
  return first === undefined ? kms : both(kms, createLocalKeyVault([first, ...others]));
}

async function keyIn(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new VaultRefusal(
      `VAULT_KEY_FILE: ${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`,
    );
  });
  const key = text.trim();
  if (!isVaultKey(key)) throw new VaultRefusal(`VAULT_KEY_FILE: ${file} does not hold 32 bytes in base64.`);
  return key;
}

/** The way from keys of our own into KMS: it wraps, and they open what they wrapped before. */
function both(current: KeyVault, former: KeyVault): KeyVault {
  const vaultOf = (keyId: string): KeyVault => (former.knows(keyId) ? former : current);
  return {
    keyId: current.keyId,
    knows: (keyId) => current.knows(keyId) || former.knows(keyId),
    wrap: (keyId, dataKey, ownerId) => vaultOf(keyId).wrap(keyId, dataKey, ownerId),
    unwrap: (keyId, wrapped, ownerId) => vaultOf(keyId).unwrap(keyId, wrapped, ownerId),
  };
}
