import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { type TestDatabase, testDatabase } from '@casetalk/local-stack';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../src/db/database.ts';
import { newId } from '../src/db/new-id.ts';
import { createDiskFileStore } from '../src/gateways/disk-file-store.ts';
import { createLocalKeyVault } from '../src/gateways/local-key-vault.ts';
import { createDataKeys } from '../src/vault/data-keys.ts';
import { createSealedFileStore } from '../src/vault/sealed-file-store.ts';

const api = resolve(import.meta.dirname, '..');
/** The last migration of the version that sealed nothing. */
const lastPlain = '0003_audit_and_break_glass';
const vaultKey = randomBytes(32);
const ids = {
  practice: newId(),
  clinician: newId(),
  patient: newId(),
  case: newId(),
  talk: newId(),
  message: newId(),
  doctorTalk: newId(),
  file: newId(),
  attachment: newId(),
  shared: newId(),
};
const content = Buffer.from('the plain bytes of an older version '.repeat(5000));

let database: TestDatabase;
let owner: pg.Client;
let folder: string;

beforeAll(async () => {
  database = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'casetalk-upgrade-'));
  owner = new pg.Client({ connectionString: database.adminUrl });
  await owner.connect();
  await startOver();
  await fillInPlain();
});
afterAll(async () => {
  await owner.end();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

/** Brings the database to the version that sealed nothing. */
async function startOver(): Promise<void> {
  await owner.query('drop schema public cascade; drop schema drizzle cascade');
  await owner.query('create schema public authorization casetalk_owner');
  const older = join(folder, 'migrations');
  await cp(join(api, 'src/db/migrations'), older, { recursive: true });
  const path = join(older, 'meta/_journal.json');
  const journal = JSON.parse(await readFile(path, 'utf8')) as { entries: { tag: string }[] };
  const last = journal.entries.findIndex(({ tag }) => tag === lastPlain);
  await writeFile(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, last + 1) }));
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  await migrate(drizzle(client), { migrationsFolder: older });
  await client.end();
}

async function fillInPlain(): Promise<void> {
  const { practice, clinician, patient, talk, message, doctorTalk, file, attachment, shared } = ids;
  const statements: [string, unknown[]][] = [
    [
      `insert into practices (id, name, phone, welcome, reply_time) values ($1, 'P', '1', '{"en":"","es":""}', '{"en":"","es":""}')`,
      [practice],
    ],
    [
      `insert into clinicians (id, practice_id, name, email, role, job_title, phone, password_hash)
       values ($1, $2, 'D', 'd@example.com', 'doctor', '', '+14155550100', 'x')`,
      [clinician, practice],
    ],
    [
      `insert into patients (id, name, email, phone, phone_kind, language, password_hash, terms_version)
       values ($1, 'A', 'a@example.com', '+14155550101', 'mobile', 'en', 'x', 'x')`,
      [patient],
    ],
    [
      `insert into cases (id, practice_id, patient_name, patient_birth_date, title, description, created_by)
       values ($1, $2, 'A', '1980-01-01', 'T', '', $3)`,
      [ids.case, practice, clinician],
    ],
    [
      'insert into talks (id, case_id, clinician_id, patient_id) values ($1, $2, $3, $4)',
      [talk, ids.case, clinician, patient],
    ],
    [
      `insert into messages (id, talk_id, case_id, clinician_id, patient_id, sender, body, send_key)
       select case n when 1 then $1 else gen_random_uuid() end, $2, $3, $4, $5, 'patient',
         case n when 1 then 'línea vieja' when 2 then '' else 'old words ' || n end, gen_random_uuid()
       from generate_series(1, 1200) n`,
      [message, talk, ids.case, clinician, patient],
    ],
    [
      `insert into doctor_talk_messages (id, case_id, sender_id, body, send_key)
       values ($1, $2, $3, 'old words of doctors', gen_random_uuid())`,
      [doctorTalk, ids.case, clinician],
    ],
    [
      `insert into files (id, case_id, size, sha256, media_type, kind) values ($1, $2, $3, $4, 'text/plain', 'document')`,
      [file, ids.case, content.length, createHash('sha256').update(content).digest()],
    ],
    [
      `insert into attachments (id, talk_id, case_id, clinician_id, patient_id, file_id, uploader, message_id, name, upload_key)
       values ($1, $2, $3, $4, $5, $6, 'patient', $7, 'old diary.txt', gen_random_uuid())`,
      [attachment, talk, ids.case, clinician, patient, file, message],
    ],
    [
      `insert into case_attachments (id, case_id, file_id, name, origin, added_by)
       values ($1, $2, $3, 'old diary.txt', 'patientTalk', $4)`,
      [shared, ids.case, file, clinician],
    ],
  ];
  for (const [statement, values] of statements) await owner.query(statement, values);
  const place = join(folder, 'files/files', file.slice(-4, -2), file.slice(-2));
  await mkdir(place, { recursive: true });
  await writeFile(join(place, file), content);
}

const run = promisify(execFile);
const runMigrate = (keys: Record<string, string>) =>
  run(process.execPath, ['src/migrate.ts'], {
    cwd: api,
    env: {
      OWNER_DATABASE_URL: database.ownerUrl,
      DATABASE_URL: database.appUrl,
      JOBS_DATABASE_URL: database.jobsUrl,
      FILES_DIR: join(folder, 'files'),
      ...keys,
    },
  });

test('migrating an older installation asks for a key, seals all that is there, and loses nothing', async () => {
  await expect(runMigrate({})).rejects.toThrow(/No vault key is set/);
  const migrated = await runMigrate({ VAULT_KEY: vaultKey.toString('base64') });
  expect(migrated.stdout.trim().split('\n')).toEqual([
    'Sealed 1200 values of messages.body.',
    'Sealed 1 values of attachments.name.',
    'Sealed 1 values of doctor_talk_messages.body.',
    'Sealed 1 values of case_attachments.name.',
    'Sealed 1 files.',
  ]);
  expect((await runMigrate({})).stdout).toBe('');

  const db = openDatabase(database.appUrl, 2, () => undefined);
  const keys = createDataKeys(db, createLocalKeyVault([vaultKey]));
  const [ofTalk, ofCase] = [await keys.of(ids.talk), await keys.of(ids.case)];
  const messages = await owner.query<{ id: string; body: Buffer }>('select id, body from messages');
  const said = new Map(messages.rows.map(({ id, body }) => [id, ofTalk.openText('messages.body', id, body)]));
  expect(said.size).toBe(1200);
  expect(said.get(ids.message)).toBe('línea vieja');
  expect([...said.values()].filter((text) => text === '')).toHaveLength(1);
  const one = async (table: string, column: string): Promise<Buffer> =>
    (await owner.query<{ sealed: Buffer }>(`select ${column} as sealed from ${table}`)).rows[0]?.sealed ??
    Buffer.alloc(0);
  expect([
    ofCase.openText('doctor_talk_messages.body', ids.doctorTalk, await one('doctor_talk_messages', 'body')),
    ofTalk.openText('attachments.name', ids.attachment, await one('attachments', 'name')),
    ofCase.openText('case_attachments.name', ids.shared, await one('case_attachments', 'name')),
  ]).toEqual(['old words of doctors', 'old diary.txt', 'old diary.txt']);

  const bytes = await createDiskFileStore(join(folder, 'files'));
  const file = { fileId: ids.file, size: content.length, keyOwnerId: ids.talk };
  expect((await buffer(createSealedFileStore(bytes, keys).read(file))).equals(content)).toBe(true);
  expect((await buffer(bytes.read(ids.file))).includes('older version')).toBe(false);
  await db.close();
});
