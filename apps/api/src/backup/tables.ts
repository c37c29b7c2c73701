import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { queueSchema } from '../jobs/queues.ts';
import { BackupRefusal } from './backup-refusal.ts';
import { writePart } from './hashed-file.ts';
import type { TablePart } from './manifest.ts';

export interface Table {
  readonly schema: string;
  readonly name: string;
  /** In their order; those that the database computes are left out. */
  readonly columns: readonly string[];
}

/** What the queue keeps about itself: made anew where a backup is restored. */
const ofTheQueueItself = ['version', 'bam', 'warning', 'queue_stats'];

const nameOf = ({ schema, name }: Pick<Table, 'schema' | 'name'>): string =>
  `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`;
const columnsOf = ({ columns }: Pick<Table, 'columns'>): string =>
  columns.map((column) => pg.escapeIdentifier(column)).join(', ');

/** Every table of the product and of its queue that holds something to keep; a partitioned one counts as one. */
export async function listTables(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `select n.nspname as schema, c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
       from pg_class c
       join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      where c.relkind in ('r', 'p') and not c.relispartition and n.nspname in ('public', $1)
        and not (n.nspname = $1 and c.relname = any ($2))
      group by 1, 2 order by 1, 2`,
    [queueSchema, ofTheQueueItself],
  );
  return rows;
}

/** Writes all rows of a table, as the client's transaction sees them, in PostgreSQL's text form of COPY, compressed. */
export async function saveTable(client: pg.ClientBase, folder: string, table: Table): Promise<TablePart> {
  const path = `tables/${table.schema}.${table.name}.copy.gz`;
  const rows = client.query(copyTo(`copy (select ${columnsOf(table)} from ${nameOf(table)}) to stdout`));
  const part = await writePart(folder, path, rows, createGzip({ level: 1 }));
  return {
    ...part,
    schema: table.schema,
    name: table.name,
    columns: [...table.columns],
    rows: rows.rowCount,
  };
}

interface ForeignKey {
  readonly name: string;
  readonly of: string;
  readonly definition: string;
}

/**
 * Fills tables that were made just now: all of them in the client's transaction. Foreign keys stand aside meanwhile, because
 * tables name each other in circles, and are checked when they come back.
 * @throws BackupRefusal when the tables are others than those of the backup
 */
export async function fillTables(
  client: pg.ClientBase,
  folder: string,
  tables: readonly TablePart[],
): Promise<void> {
  refuseOtherTables(await listTables(client), tables);
  const { rows: foreignKeys } = await client.query<ForeignKey>(
    `select quote_ident(conname) as name, conrelid::regclass::text as of, pg_get_constraintdef(oid) as definition
       from pg_constraint
      where contype = 'f' and conparentid = 0 and connamespace in ('public'::regnamespace, $1::regnamespace)`,
    [queueSchema],
  );
  for (const { name, of } of foreignKeys) await client.query(`alter table ${of} drop constraint ${name}`);
  // Migrations leave first rows behind, and so does preparing the queue.
  await client.query(`truncate ${tables.map(nameOf).join(', ')}`);
  for (const table of tables) {
    await client.query(`alter table ${nameOf(table)} disable trigger user`);
    const rows = client.query(copyFrom(`copy ${nameOf(table)} (${columnsOf(table)}) from stdin`));
    await pipeline(createReadStream(join(folder, table.path)), createGunzip(), rows);
    await client.query(`alter table ${nameOf(table)} enable trigger user`);
    if (rows.rowCount !== table.rows) {
      throw new BackupRefusal(`${table.name} has ${rows.rowCount} rows instead of ${table.rows}.`);
    }
  }
  for (const { name, of, definition } of foreignKeys) {
    await client.query(`alter table ${of} add constraint ${name} ${definition}`);
  }
}

function refuseOtherTables(present: readonly Table[], saved: readonly TablePart[]): void {
  const shapeOf = (table: Table): string => `${nameOf(table)} (${table.columns.toSorted().join(', ')})`;
  const here = new Set(present.map(shapeOf));
  const there = new Set(saved.map(shapeOf));
  const different = [...here, ...there].filter((shape) => !(here.has(shape) && there.has(shape)));
  if (different.length === 0) return;
  throw new BackupRefusal(
    `The tables of this version are not those of the backup: ${different.join('; ')}. ` +
      'Restore it with the version that made it, then upgrade.',
  );
}
