import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Database } from '../db/database.ts';
import type { KeyVault } from '../gateways/key-vault.ts';
import { ProblemError } from '../problem-error.ts';
import { createDataKey, type DataKey } from './data-key.ts';
import { SealBroken } from './seal-broken.ts';

/** What has a data key of its own: a talk for what its two people share, a case for what everyone on it shares. */
export interface KeyOwner {
  readonly kind: 'talk' | 'case';
  readonly id: string;
}

/** The data keys of talks and cases: kept wrapped in the database, unwrapped once and remembered. */
export interface DataKeys {
  /** The key, when it is at hand. */
  cached(ownerId: string): DataKey | undefined;
  /** @throws SealBroken when the owner has none, KeyRefused when it does not unwrap */
  of(ownerId: string): Promise<DataKey>;
  /** Many keys with one look at the database. @throws as {@link DataKeys.of} */
  all(ownerIds: Iterable<string>): Promise<ReadonlyMap<string, DataKey>>;
  /**
   * The key of an owner; makes it when there is none yet. Wrapping may take a network's time: never ask inside a
   * transaction, and only for an owner that the person in question was seen to see.
   */
  ensure(owner: KeyOwner): Promise<DataKey>;
}

interface WrappedRow {
  readonly ownerId: string;
  readonly vaultKeyId: string;
  readonly wrapped: Buffer;
}

/** Keys in memory, of two kilobytes each: as many as the talks and cases that one process serves at a time. */
const mostCached = 24_000;
/** As many as may be asked of a vault at once, when it is one that is far away. */
const unwrappingAtOnce = 16;
/** How often a key is made again because the vault's key was changed beneath it. */
const rounds = 3;

const selecting = {
  name: 'data-keys',
  text: `select owner_id as "ownerId", vault_key_id as "vaultKeyId", wrapped
    from data_keys where owner_id = any($1::uuid[])`,
};
const selectingCurrent = {
  name: 'current-vault-key',
  text: 'select id from vault_keys where is_current',
  values: [],
};
/** Only under the key that is current at that moment: a rotation has then seen every key that it has to wrap anew. */
const inserting = {
  name: 'add-data-key',
  text: `insert into data_keys (owner_id, owner_kind, vault_key_id, wrapped)
    select $1, $2, v.id, $4 from vault_keys v where v.id = $3 and v.is_current
    on conflict (owner_id) do nothing`,
};

/** @param db asked as nobody in particular: what acts for a person cannot see even wrapped keys */
export function createDataKeys(db: Pick<Database, 'ask'>, vault: KeyVault): DataKeys {
  const ready = new LRUCache<string, DataKey>({ max: mostCached });
  /** Keys on their way: a burst of requests for one talk unwraps once. */
  const underWay = new Map<string, Promise<DataKey | undefined>>();

  async function unwrap({ ownerId, vaultKeyId, wrapped }: WrappedRow): Promise<DataKey> {
    const key = createDataKey(await vault.unwrap(vaultKeyId, wrapped, ownerId), ownerId);
    ready.set(ownerId, key);
    return key;
  }

  async function rowsOf(ownerIds: readonly string[]): Promise<WrappedRow[]> {
    const [rows = []] = await db.ask<WrappedRow>([{ ...selecting, values: [ownerIds] }]);
    return rows;
  }

  const look = async (ownerId: string): Promise<DataKey | undefined> => {
    const [row] = await rowsOf([ownerId]);
    return row && unwrap(row);
  };

  function find(ownerId: string): Promise<DataKey | undefined> {
    const begun = underWay.get(ownerId);
    if (begun) return begun;
    const looking = look(ownerId).finally(() => underWay.delete(ownerId));
    underWay.set(ownerId, looking);
    return looking;
  }

  async function make({ kind, id }: KeyOwner): Promise<DataKey> {
    for (let round = 0; round < rounds; round += 1) {
      const [[current] = []] = await db.ask<{ id: string }>([selectingCurrent]);
      if (!current) throw new Error('No vault key is current.');
      const wrapped = await vault.wrap(current.id, randomBytes(32), id);
      await db.ask([{ ...inserting, values: [id, kind, current.id, wrapped] }]);
      // Somebody else's, when theirs came first.
      const key = await find(id);
      if (key) return key;
    }
    throw new ProblemError('busy-try-again', { retryAfterSeconds: 1 });
  }

  const keys: DataKeys = {
    cached: (ownerId) => ready.get(ownerId),

    async of(ownerId) {
      const key = ready.get(ownerId) ?? (await find(ownerId));
      if (!key) throw new SealBroken(`no data key of ${ownerId}`);
      return key;
    },

    async all(ownerIds) {
      const found = new Map<string, DataKey>();
      const missing = new Set<string>();
      for (const id of ownerIds) {
        const key = ready.get(id);
        if (key) found.set(id, key);
        else missing.add(id);
      }
      if (missing.size === 0) return found;
      const rows = await rowsOf([...missing]);
      for (let at = 0; at < rows.length; at += unwrappingAtOnce) {
        const opened = await Promise.all(rows.slice(at, at + unwrappingAtOnce).map(unwrap));
        for (const key of opened) found.set(key.ownerId, key);
      }
      for (const id of missing) if (!found.has(id)) throw new SealBroken(`no data key of ${id}`);
      return found;
    },

    ensure: async (owner) => ready.get(owner.id) ?? (await find(owner.id)) ?? make(owner),
  };
  return keys;
}
