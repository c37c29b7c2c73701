import { randomBytes } from 'node:crypto';
import { createDataKey, type DataKey, type SealedColumn } from '../../src/vault/data-key.ts';
import type { KeyOwner } from '../../src/vault/data-keys.ts';
import { openKeyVault } from '../../src/vault/open-key-vault.ts';
import type { TestApi } from './api.ts';

/** Makes the data keys of many owners at once, as a lifetime of writing would have. */
export async function addDataKeys(
  { deps, sql }: Pick<TestApi, 'deps' | 'sql'>,
  kind: KeyOwner['kind'],
  ownerIds: readonly string[],
): Promise<Map<string, DataKey>> {
  const vault = await openKeyVault(deps.settings);
  const keys = new Map<string, DataKey>();
  const wrapped: Buffer[] = [];
  for (const id of ownerIds) {
    const secret = randomBytes(32);
    wrapped.push(await vault.wrap(vault.keyId, secret, id));
    keys.set(id, createDataKey(secret, id));
  }
  await sql.query(
    `insert into data_keys (owner_id, owner_kind, vault_key_id, wrapped)
     select k.id, $3, $4, substring($2::bytea from 1 + $5 * (k.place - 1)::int for $5)
     from unnest($1::uuid[]) with ordinality k (id, place)`,
    [ownerIds, Buffer.concat(wrapped), kind, vault.keyId, wrapped[0]?.length ?? 0],
  );
  return keys;
}

/**
 * Lays sealed values of the same text ready in the table `seed_sealed (id, sealed)`, for statements that write many rows.
 * They travel as one: an array of them would be spelt out byte by byte.
 */
export async function laySealed(
  { sql }: Pick<TestApi, 'sql'>,
  column: SealedColumn,
  rows: readonly { readonly id: string; readonly key: DataKey | undefined }[],
  text: string,
): Promise<void> {
  await sql.query(
    'create unlogged table if not exists seed_sealed (id uuid primary key, sealed bytea not null)',
  );
  for (let at = 0; at < rows.length; at += 20_000) {
    const batch = rows.slice(at, at + 20_000);
    const sealed = batch.map(({ id, key }) => key?.sealText(column, id, text) ?? Buffer.alloc(0));
    await sql.query(
      `insert into seed_sealed select s.id, substring($2::bytea from 1 + $3 * (s.place - 1)::int for $3)
       from unnest($1::uuid[]) with ordinality s (id, place)`,
      [batch.map(({ id }) => id), Buffer.concat(sealed), sealed[0]?.length ?? 0],
    );
  }
}
