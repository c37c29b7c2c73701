import pg from 'pg';
import type { KeyVault } from '../gateways/key-vault.ts';
import { asking } from './asking.ts';
import { newKeyCheck, requireRightKeys } from './key-register.ts';

const batchSize = 200;
/** As many as may be asked of a vault at once, when it is one that is far away. */
const atOnce = 16;
const beforeAll = '00000000-0000-0000-0000-000000000000';

interface WrappedRow {
  readonly ownerId: string;
  readonly vaultKeyId: string;
  readonly wrapped: Buffer;
}

export interface Rotation {
  /** The key that wraps everything now. */
  readonly keyId: string;
  /** Keys that wrap nothing any more. */
  readonly retired: readonly string[];
  /** How many data keys were wrapped anew by this run. */
  readonly rewrapped: number;
}

/**
 * Makes the vault's key the current one and wraps every data key anew under it, in small batches, while the product runs:
 * its processes know the former key as well as this one. What people wrote is not touched, since data keys stay what they
 * are. Broken off, it goes on where it was.
 * @param ownerUrl connection string of the database's owner: nobody else may change a wrapped key
 * @param say told how far it is
 * @throws an Error when a key that something is wrapped under is not among the settings'
 */
export async function rotateKeys(
  ownerUrl: string,
  vault: KeyVault,
  say: (line: string) => void,
): Promise<Rotation> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await requireRightKeys(asking(client), vault);
    await makeCurrent(client, vault);
    const rewrapped = await rewrapAll(client, vault, say);
    const { rows } = await client.query<{ id: string }>(
      `update vault_keys v set retired_at = now() where not is_current and retired_at is null
         and not exists (select from data_keys d where d.vault_key_id = v.id) returning id`,
    );
    return { keyId: vault.keyId, retired: rows.map(({ id }) => id), rewrapped };
  } finally {
    await client.end();
  }
}

/**
 * From its commit on new data keys come under this key alone: it waits for those that are being written, and each is
 * written only while its vault key is current.
 */
async function makeCurrent(client: pg.Client, vault: KeyVault): Promise<void> {
  const check = await newKeyCheck(vault);
  await client.query('begin');
  try {
    await client.query('lock table data_keys in share row exclusive mode');
    await client.query('update vault_keys set is_current = false where is_current and id <> $1', [
      vault.keyId,
    ]);
    await client.query(
      `insert into vault_keys (id, key_check, is_current) values ($1, $2, true)
       on conflict (id) do update set is_current = true, retired_at = null`,
      [vault.keyId, check],
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

async function rewrapAll(client: pg.Client, vault: KeyVault, say: (line: string) => void): Promise<number> {
  const {
    rows: [count],
  } = await client.query<{ n: number }>('select count(*)::int as n from data_keys where vault_key_id <> $1', [
    vault.keyId,
  ]);
  const total = count?.n ?? 0;
  let done = 0;
  let after = beforeAll;
  for (;;) {
    const { rows } = await client.query<WrappedRow>(
      `select owner_id as "ownerId", vault_key_id as "vaultKeyId", wrapped from data_keys
       where owner_id > $1 and vault_key_id <> $2 order by owner_id limit ${batchSize}`,
      [after, vault.keyId],
    );
    const last = rows.at(-1);
    if (!last) return done;
    const wrapped: Buffer[] = [];
    for (let at = 0; at < rows.length; at += atOnce) {
      wrapped.push(...(await Promise.all(rows.slice(at, at + atOnce).map((row) => rewrap(vault, row)))));
    }
    await client.query(
      `update data_keys d set wrapped = n.wrapped, vault_key_id = $1, wrapped_at = now()
       from unnest($2::uuid[], $3::bytea[]) n (owner_id, wrapped) where d.owner_id = n.owner_id`,
      [vault.keyId, rows.map(({ ownerId }) => ownerId), wrapped],
    );
    done += rows.length;
    after = last.ownerId;
    say(`Wrapped ${done} of ${total} data keys anew.`);
  }
}

async function rewrap(vault: KeyVault, { ownerId, vaultKeyId, wrapped }: WrappedRow): Promise<Buffer> {
  const dataKey = await vault.unwrap(vaultKeyId, wrapped, ownerId);
  try {
    return await vault.wrap(vault.keyId, dataKey, ownerId);
  } finally {
    dataKey.fill(0);
  }
}
