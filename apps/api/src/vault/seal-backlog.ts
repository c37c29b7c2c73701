import pg from 'pg';
import type { Database } from '../db/database.ts';
import type { KeyVault } from '../gateways/key-vault.ts';
import type { SealedColumn } from './data-key.ts';
import { createDataKeys, type DataKeys, type KeyOwner } from './data-keys.ts';
import { requireRightKeys } from './key-register.ts';

interface Part {
  readonly column: SealedColumn;
  readonly table: string;
  readonly field: string;
  readonly kind: KeyOwner['kind'];
}

const parts: readonly Part[] = [
  { column: 'messages.body', table: 'messages', field: 'body', kind: 'talk' },
  { column: 'attachments.name', table: 'attachments', field: 'name', kind: 'talk' },
  { column: 'doctor_talk_messages.body', table: 'doctor_talk_messages', field: 'body', kind: 'case' },
  { column: 'case_attachments.name', table: 'case_attachments', field: 'name', kind: 'case' },
];

/** What the migration left in front of a text that is not sealed yet. No sealed text begins with it. */
const plainMark = 0;
const batchSize = 500;
const beforeAll = '00000000-0000-0000-0000-000000000000';

interface PlainRow {
  readonly id: string;
  readonly ownerId: string;
  readonly marked: Buffer;
}

/**
 * Seals what an older version wrote in plain: the migration has marked it and listed the columns. Goes by small batches,
 * each of them whole, so that it may be broken off and run again; then rewrites the tables, since what a row said before
 * stays on its page. Nothing is to be done in a new database.
 * @param openVault asked only when there is something to seal
 * @param say told what is being done
 */
export async function sealBacklog(
  ownerUrl: string,
  openVault: () => Promise<KeyVault>,
  say: (line: string) => void,
): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ part: string }>('select part from sealing_backlog');
    if (rows.length === 0) return;
    const vault = await openVault();
    const db = asking(client);
    await requireRightKeys(db, vault);
    const keys = createDataKeys(db, vault);
    for (const part of parts.filter(({ column }) => rows.some((row) => row.part === column))) {
      const sealed = await sealColumn(client, keys, part);
      await client.query(`vacuum (full) ${part.table}`);
      await client.query('delete from sealing_backlog where part = $1', [part.column]);
      say(`Sealed ${sealed} values of ${part.column}.`);
    }
  } finally {
    await client.end();
  }
}

/** @returns how many values were sealed now */
async function sealColumn(client: pg.Client, keys: DataKeys, part: Part): Promise<number> {
  const { column, table, field, kind } = part;
  let after = beforeAll;
  let sealed = 0;
  for (;;) {
    const { rows } = await client.query<PlainRow>(
      `select id, ${kind}_id as "ownerId", ${field} as marked from ${table}
       where id > $1 and get_byte(${field}, 0) = ${plainMark} order by id limit ${batchSize}`,
      [after],
    );
    const last = rows.at(-1);
    if (!last) return sealed;
    const values: Buffer[] = [];
    for (const { id, ownerId, marked } of rows) {
      const key = await keys.ensure({ kind, id: ownerId });
      values.push(key.sealText(column, id, marked.subarray(1).toString('utf8')));
    }
    await client.query(
      `update ${table} t set ${field} = s.sealed from unnest($1::uuid[], $2::bytea[]) s (id, sealed)
       where t.id = s.id and get_byte(t.${field}, 0) = ${plainMark}`,
      [rows.map(({ id }) => id), values],
    );
    sealed += rows.length;
    after = last.id;
  }
}

const asking = (client: pg.Client): Pick<Database, 'ask'> => ({
  async ask<Row extends object>(statements: Parameters<Database['ask']>[0]) {
    const results: Row[][] = [];
    for (const { text, values } of statements)
      results.push((await client.query<Row>(text, [...values])).rows);
    return results;
  },
});
