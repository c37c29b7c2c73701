import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { type DatabaseUrls, migrateDatabase } from '../db/migrate.ts';
import type { FileStore } from '../gateways/file-store.ts';
import type { KeyVault } from '../gateways/key-vault.ts';
import { prepareQueue } from '../jobs/prepare.ts';
import { readAnchors, verifyAudit } from '../modules/audit/index.ts';
import { refuseWrongKeys } from '../vault/key-register.ts';
import { BackupRefusal } from './backup-refusal.ts';
import { checkFiles, restoreFiles } from './files.ts';
import { checkPart, writeDurably } from './hashed-file.ts';
import { fingerprintOf } from './make-backup.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { schemaVersionOf, withMigrationsUpTo } from './schema-version.ts';
import { fillTables } from './tables.ts';

export interface RestoreTarget {
  readonly urls: DatabaseUrls;
  readonly store: FileStore;
  readonly vault: KeyVault;
  readonly anchorsFile: string;
  readonly settingsKeys: Readonly<Record<string, string>>;
}

export type AuditVerdict = Awaited<ReturnType<typeof verifyAudit>>;

/**
 * Reads a backup from its first byte to its last and holds it against its manifest, and the settings' keys against those
 * that it needs.
 * @throws BackupRefusal that names what was changed; VaultRefusal for a wrong vault key
 */
export async function checkBackup(
  folder: string,
  { vault, settingsKeys }: Pick<RestoreTarget, 'vault' | 'settingsKeys'>,
): Promise<Manifest> {
  const manifest = await readManifest(folder, vault);
  const registered = manifest.keys.vault.map((key) => ({
    ...key,
    keyCheck: Buffer.from(key.keyCheck, 'base64'),
  }));
  await refuseWrongKeys(registered, vault);
  for (const [name, key] of Object.entries(settingsKeys)) {
    const wanted = manifest.keys.settings[name];
    if (wanted === undefined || wanted === fingerprintOf(name, key)) continue;
    throw new BackupRefusal(
      `${name} is not the one that the backed-up installation ran with: its fingerprint is ${fingerprintOf(name, key)} instead of ${wanted}.`,
    );
  }
  for (const part of [...manifest.tables, manifest.files, manifest.audit.anchors]) {
    await checkPart(folder, part);
  }
  await checkFiles(folder, manifest.files);
  return manifest;
}

/**
 * Brings a checked backup back into an empty database and an empty store: the tables as they were then, the rows, the
 * files; then upgrades them to this version, and verifies the audit.
 * @throws BackupRefusal when something is in the way. Broken off half-way, the place is not empty any more: begin with
 *   another one.
 */
export async function restoreBackup(
  folder: string,
  manifest: Manifest,
  target: RestoreTarget,
): Promise<AuditVerdict> {
  const { urls, store, anchorsFile } = target;
  await refuseUsedPlace(target);
  await withMigrationsUpTo(manifest.schema, (migrations) => migrateDatabase(urls, migrations));
  await prepareQueue(urls.owner);
  await restoreFiles(store, folder, manifest.files);
  await fillDatabase(urls.owner, folder, manifest);
  // This version's own tables, queues and grants; and the audit's order goes on, whatever this server counts from.
  await migrateDatabase(urls);
  await prepareQueue(urls.owner);
  await mkdir(dirname(anchorsFile), { recursive: true });
  await writeDurably(anchorsFile, await readFile(join(folder, manifest.audit.anchors.path), 'utf8'));
  return verifyAudit(urls.jobs, anchorsFile);
}

async function refuseUsedPlace({ urls, store, anchorsFile }: RestoreTarget): Promise<void> {
  const client = new pg.Client({ connectionString: urls.owner });
  await client.connect();
  try {
    const { rows } = await client.query<{ tables: number }>(
      `select count(*)::int as tables from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`,
    );
    const tables = rows[0]?.tables ?? 0;
    if (tables > 0) {
      throw new BackupRefusal(
        `The database is not empty: it has ${tables} tables. A backup is restored into a new one (createdb), so that nothing is overwritten.`,
      );
    }
  } finally {
    await client.end();
  }
  for await (const key of store.keysBefore(new Date(Date.now() + 60_000))) {
    throw new BackupRefusal(
      `The file store is not empty: it has ${key}. Restore into an empty folder, so that nothing is overwritten.`,
    );
  }
  if ((await readAnchors(anchorsFile)) !== undefined) {
    throw new BackupRefusal(
      `${anchorsFile} holds anchors of another database's audit: move it away, and keep it.`,
    );
  }
}

async function fillDatabase(ownerUrl: string, folder: string, manifest: Manifest): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'casetalk-restore' });
  await client.connect();
  try {
    await client.query('begin');
    await client.query('set local row_security = off; set local statement_timeout = 0');
    const { queue } = await schemaVersionOf(client);
    if (queue !== manifest.schema.queue) {
      throw new BackupRefusal(
        `The job queue of the backup has the form ${manifest.schema.queue}, this version's ${queue}. Restore it with the version that made it (${manifest.product}), then upgrade.`,
      );
    }
    await fillTables(client, folder, manifest.tables);
    await client.query('commit');
    await client.query('analyze');
  } finally {
    await client.end();
  }
}
