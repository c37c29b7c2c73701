import { createHash } from 'node:crypto';
import pg from 'pg';
import type { FileStore } from '../gateways/file-store.ts';
import type { KeyVault } from '../gateways/key-vault.ts';
import { asking } from './asking.ts';
import type { SealedColumn } from './data-key.ts';
import { createDataKeys, type DataKeys, type KeyOwner } from './data-keys.ts';
import { requireRightKeys } from './key-register.ts';
import { createSealedFileStore, type SealedFileStore } from './sealed-file-store.ts';

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
 * @param open asked only when there is something to seal
 * @param say told what is being done
 */
export async function sealBacklog(
  ownerUrl: string,
  open: { vault(): Promise<KeyVault>; files(): Promise<FileStore> },
  say: (line: string) => void,
): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ part: string }>('select part from sealing_backlog');
    if (rows.length === 0) return;
    const vault = await open.vault();
    const db = asking(client);
    await requireRightKeys(db, vault);
    const keys = createDataKeys(db, vault);
    for (const part of parts.filter(({ column }) => rows.some((row) => row.part === column))) {
      const sealed = await sealColumn(client, keys, part);
      await client.query(`vacuum (full) ${part.table}`);
      await client.query('delete from sealing_backlog where part = $1', [part.column]);
      say(`Sealed ${sealed} values of ${part.column}.`);
    }
    if (rows.some(({ part }) => part === 'files')) {
      const { sealed, strange } = await sealFiles(client, keys, await open.files());
      say(`Sealed ${sealed} files.`);
      for (const id of strange)
        say(`The bytes of file ${id} are missing or not what was received: left alone.`);
      if (strange.length === 0) await client.query(`delete from sealing_backlog where part = 'files'`);
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

interface PlainFile {
  readonly id: string;
  readonly caseId: string;
  readonly talkId: string | null;
  readonly size: number;
  readonly sha256: Buffer;
}

/**
 * Puts a sealed file in the place of each plain one. Broken off between a file and its row, it finds the file sealed the
 * next time, and only writes the row.
 */
async function sealFiles(
  client: pg.Client,
  keys: DataKeys,
  store: FileStore,
): Promise<{ sealed: number; strange: string[] }> {
  const sealedStore = createSealedFileStore(store, keys);
  const strange: string[] = [];
  let sealed = 0;
  let after = beforeAll;
  for (;;) {
    const { rows } = await client.query<PlainFile>(
      `select f.id, f.case_id as "caseId", f.size::float8 as size, f.sha256,
         (select a.talk_id from attachments a where a.file_id = f.id limit 1) as "talkId"
       from files f where f.id > $1 and f.key_owner_id is null order by f.id limit ${batchSize}`,
      [after],
    );
    const last = rows.at(-1);
    if (!last) return { sealed, strange };
    for (const file of rows) {
      if (await sealFile(client, keys, { plain: store, sealed: sealedStore }, file)) sealed += 1;
      else strange.push(file.id);
    }
    after = last.id;
  }
}

/** @returns false for a file whose bytes are neither what was received nor sealed from it */
async function sealFile(
  client: pg.Client,
  keys: DataKeys,
  stores: { plain: FileStore; sealed: SealedFileStore },
  { id, caseId, talkId, size, sha256 }: PlainFile,
): Promise<boolean> {
  const key = await keys.ensure(
    talkId === null ? { kind: 'case', id: caseId } : { kind: 'talk', id: talkId },
  );
  const isWhat = async (bytes: AsyncIterable<Buffer>): Promise<boolean> => {
    const hash = createHash('sha256');
    try {
      for await (const part of bytes) hash.update(part);
    } catch {
      return false;
    }
    return hash.digest().equals(sha256);
  };
  if (await isWhat(stores.plain.read(id))) await stores.sealed.put(id, key, stores.plain.read(id));
  else if (!(await isWhat(stores.sealed.read({ fileId: id, size, keyOwnerId: key.ownerId })))) return false;
  await client.query('update files set key_owner_id = $2 where id = $1', [id, key.ownerId]);
  return true;
}
