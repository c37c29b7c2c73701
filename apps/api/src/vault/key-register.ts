import type { Database } from '../db/database.ts';
import { KeyRefused, type KeyVault } from '../gateways/key-vault.ts';
import { VaultRefusal } from './vault-refusal.ts';

/** A key that a database is sealed under, by its id and what only it opens. */
export interface RegisteredKey {
  readonly id: string;
  readonly keyCheck: Buffer;
  readonly isCurrent: boolean;
}

/** What every key check holds: nothing secret, known to open or not. */
const checkValue = (): Buffer => Buffer.from('casetalk vault key check, form 1');
/** Whom a key check is wrapped for: no talk and no case has this id. */
const checkOwner = 'vault-key-check';

const selecting = {
  name: 'vault-keys',
  text: `select id, key_check as "keyCheck", is_current as "isCurrent"
    from vault_keys where retired_at is null order by is_current desc, id`,
  values: [],
};
const registering = {
  name: 'register-vault-key',
  text: `insert into vault_keys (id, key_check, is_current) values ($1, $2, true) on conflict do nothing`,
};

/** Wraps the check of a key, by which a process later knows whether it has the right one. */
export const newKeyCheck = (vault: KeyVault): Promise<Buffer> =>
  vault.wrap(vault.keyId, checkValue(), checkOwner);

async function opens(vault: KeyVault, { id, keyCheck }: RegisteredKey): Promise<boolean> {
  try {
    return (await vault.unwrap(id, keyCheck, checkOwner)).equals(checkValue());
  } catch (error) {
    if (error instanceof KeyRefused) return false;
    throw error;
  }
}

/**
 * Makes sure that the settings' keys open what is sealed in this database, before anybody is served. The first process
 * over a new database makes its key the current one.
 * @throws VaultRefusal that says which key is wanted, which is given, and how to mend it
 */
export async function requireRightKeys(db: Pick<Database, 'ask'>, vault: KeyVault): Promise<void> {
  let [registered = []] = await db.ask<RegisteredKey>([selecting]);
  if (registered.length === 0) {
    await db.ask([{ ...registering, values: [vault.keyId, await newKeyCheck(vault)] }]);
    [registered = []] = await db.ask<RegisteredKey>([selecting]);
  }
  await refuseWrongKeys(registered, vault);
}

/** @throws VaultRefusal when the vault lacks one of the keys, or has another one of its id */
export async function refuseWrongKeys(registered: readonly RegisteredKey[], vault: KeyVault): Promise<void> {
  for (const key of registered) {
    if (vault.knows(key.id) && (await opens(vault, key))) continue;
    throw new VaultRefusal(
      `This database is sealed under the vault key ${key.id}, which the settings do not give: theirs is ${vault.keyId}. ` +
        (key.isCurrent
          ? 'Set VAULT_KEY (or VAULT_KEY_FILE, or VAULT_KMS_KEY_ID) to the key that it was sealed with. To replace that key, name it in VAULT_FORMER_KEYS and run `pnpm keys:rotate`.'
          : 'A rotation away from it is not finished: name it in VAULT_FORMER_KEYS and run `pnpm keys:rotate` to the end.') +
        ' See docs/deployment.md, "Keys".',
    );
  }
}
