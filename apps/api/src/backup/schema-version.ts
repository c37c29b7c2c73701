import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import type pg from 'pg';
import { migrationsFolder } from '../db/migrate.ts';
import { queueSchema } from '../jobs/queues.ts';
import { BackupRefusal } from './backup-refusal.ts';
import type { Manifest } from './manifest.ts';

type SchemaVersion = Manifest['schema'];

/** How far a database is migrated. @throws BackupRefusal when it is no database of this product */
export async function schemaVersionOf(client: pg.ClientBase): Promise<SchemaVersion> {
  const { rows: there } = await client.query<{ there: boolean }>(
    `select to_regclass('drizzle.__drizzle_migrations') is not null and to_regclass($1) is not null as there`,
    [`${queueSchema}.version`],
  );
  if (there[0]?.there !== true)
    throw new BackupRefusal('This database holds nothing yet: run migrate first.');
  const { rows } = await client.query<{ migrations: number; hash: string; queue: number }>(
    `select count(*)::int as migrations, (array_agg(hash order by created_at desc))[1] as hash,
       (select version::int from ${queueSchema}.version limit 1) as queue
     from drizzle.__drizzle_migrations`,
  );
  const [version] = rows;
  if (version === undefined) throw new BackupRefusal('This database holds nothing yet: run migrate first.');
  return version;
}

/**
 * Lends a folder with the migrations up to that of a backup, so that its rows find the tables that they came from.
 * @throws BackupRefusal when this version does not know that migration
 */
export async function withMigrationsUpTo<T>(
  { migrations, hash }: SchemaVersion,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const known = readMigrationFiles({ migrationsFolder });
  if (known[migrations - 1]?.hash !== hash) {
    throw new BackupRefusal(
      `The backup is of another version of CaseTalk: its database had ${migrations} migrations, and this version ` +
        `${known.length < migrations ? `knows ${known.length}` : 'has others'}. Restore it with the version that made it, then upgrade.`,
    );
  }
  const folder = await mkdtemp(join(tmpdir(), 'casetalk-migrations-'));
  try {
    const journal = JSON.parse(await readFile(join(migrationsFolder, 'meta/_journal.json'), 'utf8')) as {
      entries: { tag: string }[];
    };
    const entries = journal.entries.slice(0, migrations);
    await mkdir(join(folder, 'meta'));
    await writeFile(join(folder, 'meta/_journal.json'), JSON.stringify({ ...journal, entries }));
    for (const { tag } of entries) {
      await copyFile(join(migrationsFolder, `${tag}.sql`), join(folder, `${tag}.sql`));
    }
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
