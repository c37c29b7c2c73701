import { createHmac } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import { Readable } from 'node:stream';
import pg from 'pg';
import type { FileStore } from '../gateways/file-store.ts';
import type { KeyVault } from '../gateways/key-vault.ts';
import { headOf, readAnchors } from '../modules/audit/index.ts';
import { refuseWrongKeys, type RegisteredKey } from '../vault/key-register.ts';
import { BackupRefusal } from './backup-refusal.ts';
import { saveFiles, savedFiles } from './files.ts';
import { writePart } from './hashed-file.ts';
import { type Manifest, type TablePart, writeManifest } from './manifest.ts';
import { schemaVersionOf } from './schema-version.ts';
import { listTables, saveTable } from './tables.ts';

export interface BackupSource {
  /** Connection string of the database's owner, who sees every row. */
  readonly ownerUrl: string;
  readonly store: FileStore;
  readonly vault: KeyVault;
  readonly anchorsFile: string;
  /** Keys of the settings, in base64, by the setting's name: their fingerprints go into the manifest. */
  readonly settingsKeys: Readonly<Record<string, string>>;
  /** Version of the product. */
  readonly product: string;
}

/** Tells two keys of the settings apart, and says nothing of them: they are 32 random bytes. */
export const fingerprintOf = (name: string, key: string): string =>
  createHmac('sha256', Buffer.from(key, 'base64')).update(`casetalk ${name} id`).digest('hex').slice(0, 16);

/**
 * Copies database and files into a new folder while the product runs: the rows as of one instant, the files after them.
 * Keys are not copied. The manifest is written last; without it a folder is no backup.
 * @throws BackupRefusal, which tells what to do; VaultRefusal when the settings' vault key is not the database's
 */
export async function makeBackup(
  source: BackupSource,
  folder: string,
): Promise<{ readonly manifest: Manifest; readonly missing: readonly string[] }> {
  await refuseUsedFolder(folder);
  const client = new pg.Client({ connectionString: source.ownerUrl, application_name: 'casetalk-backup' });
  await client.connect();
  try {
    const rows = await saveRows(client, source, folder);
    const files = await saveFiles(source.store, folder);
    const missing = await missingFiles(client, folder, { ...rows, files });
    const { takenAt, ...rest } = rows;
    const settings = Object.fromEntries(
      Object.entries(source.settingsKeys).map(([name, key]) => [name, fingerprintOf(name, key)]),
    );
    const manifest: Manifest = {
      form: 1,
      takenAt,
      product: source.product,
      ...rest,
      files,
      keys: { vault: rows.keys.vault, settings },
    };
    await writeManifest(folder, manifest, source.vault);
    return { manifest, missing };
  } finally {
    await client.end();
  }
}

async function refuseUsedFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0) {
    throw new BackupRefusal(`${folder} is not empty: each backup gets a folder of its own.`);
  }
}

type SavedRows = Pick<Manifest, 'takenAt' | 'postgres' | 'schema' | 'tables' | 'audit' | 'keys'>;

/** Everything that stands in the database, out of one transaction: all of one instant. */
async function saveRows(
  client: pg.Client,
  { vault, anchorsFile }: BackupSource,
  folder: string,
): Promise<SavedRows> {
  await client.query('begin isolation level repeatable read read only');
  // Rows that a policy hides would be missing without a word: an owner who may not pass it by gets an error instead.
  await client.query(
    'set local row_security = off; set local statement_timeout = 0; set local timezone = utc',
  );
  const schema = await schemaVersionOf(client);
  const [now] = await ask<{ at: Date; postgres: string }>(
    client,
    `select clock_timestamp() as at, current_setting('server_version') as postgres`,
  );
  const backlog = await ask(client, 'select part from sealing_backlog');
  if (backlog.length > 0) {
    throw new BackupRefusal('Something in this database is not sealed yet: let migrate finish first.');
  }
  const keys = await ask<RegisteredKey>(
    client,
    `select id, key_check as "keyCheck", is_current as "isCurrent" from vault_keys where retired_at is null order by id`,
  );
  await refuseWrongKeys(keys, vault);

  const tables: TablePart[] = [];
  for (const table of await listTables(client)) tables.push(await saveTable(client, folder, table));
  const [lastSeal] = await ask<{ number: string; links: Buffer }>(
    client,
    'select number, links from audit_seals order by number desc limit 1',
  );
  await client.query('commit');

  const seals = Number(lastSeal?.number ?? 0);
  // An anchor that was written since speaks of rows that are not in the backup.
  const anchors = ((await readAnchors(anchorsFile)) ?? []).filter(({ seal }) => seal <= seals);
  const lines = anchors.map((anchor) => `${JSON.stringify(anchor)}\n`);
  return {
    takenAt: (now?.at ?? new Date()).toISOString(),
    postgres: now?.postgres ?? '',
    schema,
    tables,
    audit: {
      seals,
      head: lastSeal ? headOf(lastSeal.links).toString('hex') : null,
      anchors: await writePart(folder, 'audit-anchors.jsonl', Readable.from(lines)),
    },
    keys: {
      vault: keys.map(({ id, isCurrent, keyCheck }) => ({
        id,
        isCurrent,
        keyCheck: keyCheck.toString('base64'),
      })),
      settings: {},
    },
  };
}

/** Files that a row names both at the backup's instant and now, and that the store does not have. */
async function missingFiles(
  client: pg.Client,
  folder: string,
  { files, takenAt }: Pick<Manifest, 'files' | 'takenAt'>,
): Promise<string[]> {
  const saved = new Set<string>();
  for await (const { key } of savedFiles(folder, files)) saved.add(key);
  const named = await ask<{ id: string }>(client, 'select id from files where created_at <= $1 order by id', [
    takenAt,
  ]);
  return named.map(({ id }) => id).filter((id) => !saved.has(id));
}

async function ask<Row extends object>(
  client: pg.Client,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  return (await client.query<Row>(text, values)).rows;
}
