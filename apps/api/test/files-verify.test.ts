import { randomBytes, randomUUID } from 'node:crypto';
import { cp, open, rm, truncate, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from './support/api.ts';
import { type Ended, runOperatorCommand } from './support/operator-command.ts';
import { addCase, addClinician, addPatient, addPractice, openTalk, type Someone } from './support/people.ts';
import { rawSession } from './support/raw-session.ts';
import { answer } from './support/result.ts';
import { samples } from './support/sample-files.ts';
import { append, begin } from './support/tus.ts';

let api: TestApi;
let patient: Someone;
let talkId: string;

beforeAll(async () => {
  api = await startApi();
  const doctor = await addClinician(api, await addPractice(api));
  patient = await addPatient(api);
  talkId = await openTalk(doctor, await addCase(doctor), patient);
});
afterAll(() => api.close());

/** Uploads a file of several sealed chunks. @returns its key in the store */
async function upload(name: string): Promise<string> {
  const content = Uint8Array.from(Buffer.concat([samples.zip, randomBytes(300_000)]));
  const file = new File([content], name);
  const { id } = answer(await patient.client.upload('uploadTalkFile', { params: { talkId } }, file));
  const { rows } = await api.sql.query<{ file_id: string }>('select file_id from attachments where id = $1', [
    id,
  ]);
  return rows[0]?.file_id ?? '';
}
const placeOf = (key: string, folder = api.filesDir): string =>
  join(folder, 'files', key.slice(-4, -2), key.slice(-2), key);

const verify = (...args: string[]): Promise<Ended> => verifyIn(api.filesDir, ...args);

function verifyIn(folder: string, ...args: string[]): Promise<Ended> {
  const { DATABASE_URL, VAULT_KEY = '' } = api.deps.settings;
  return runOperatorCommand('files-verify', args, { DATABASE_URL, VAULT_KEY, FILES_DIR: folder });
}

async function changeByte(key: string, at: number): Promise<void> {
  const file = await open(placeOf(key), 'r+');
  const byte = Buffer.alloc(1);
  await file.read(byte, 0, 1, at);
  byte[0] = (byte[0] ?? 0) ^ 1;
  await file.write(byte, 0, 1, at);
  await file.close();
}

test('a store in which everything is there', async () => {
  await upload('knee.zip');
  const raw = await rawSession(api, 'patient', patient.email);
  const { headers } = await begin(raw, `/v1/talks/${talkId}/resumable-uploads`, 1_000_000);
  const half = Buffer.concat([samples.zip, randomBytes(500_000)]);
  expect((await append(raw, String(headers.get('location')), 0, half)).status).toBe(204);

  const quick = await verify();
  expect(quick.output).toContain('1 files, 0 previews, and 1 parts of large files and unfinished uploads.');
  expect(quick.output).toContain('Every file is there and opens at its beginning and its end.');
  expect(quick.code).toBe(0);
  const deep = await verify('--deep');
  expect(deep.output).toContain('Every byte is what came.');
  expect(deep.code).toBe(0);
  expect((await verify('--quickly')).code).toBe(2);
});

describe('a store that lost something', () => {
  test('is told by ids alone, and a byte in the middle by reading all of them', async () => {
    const [gone, short, changed, changedInside] = [
      await upload('gone.zip'),
      await upload('short.zip'),
      await upload('changed.zip'),
      await upload('inside.zip'),
    ];
    await rm(placeOf(gone));
    await truncate(placeOf(short), 200_000);
    await changeByte(changed, 5000);
    await changeByte(changedInside, 150_000);
    const told = (id: string, words: string): string => `${id}  ${words}`;
    const found = [
      told(gone, 'its bytes are not there'),
      told(short, 'it has not the length that it came with'),
      told(changed, 'it does not open: bytes were changed, or the key is another one'),
    ];
    const inside = told(changedInside, 'it does not open: bytes were changed, or the key is another one');

    const quick = await verify();
    for (const line of found) expect(quick.output).toContain(line);
    expect(quick.output).not.toContain(changedInside);
    expect(quick.output).toContain('3 files are missing or damaged.');
    expect(quick.output).not.toContain('.zip');
    expect(quick.code).toBe(1);
    const deep = await verify('--deep');
    for (const line of [...found, inside]) expect(deep.output).toContain(line);
    expect(deep.code).toBe(1);
    await api.sql.query('delete from attachments where file_id = any($1)', [
      [gone, short, changed, changedInside],
    ]);
    await api.sql.query('delete from files where id = any($1)', [[gone, short, changed, changedInside]]);
    for (const id of [short, changed, changedInside]) await rm(placeOf(id));
    expect((await verify()).code).toBe(0);
  });

  test('does not open with another key', async () => {
    const { DATABASE_URL } = api.deps.settings;
    const { code, output } = await runOperatorCommand('files-verify', [], {
      DATABASE_URL,
      FILES_DIR: api.filesDir,
      VAULT_KEY: randomBytes(32).toString('base64'),
    });
    expect(output).toContain('It could not look: ');
    expect(output).not.toContain('"name"');
    expect(code).toBe(2);
  });
});

test('bytes that no row names are said: those of today, and those that should be gone', async () => {
  const dataKey = await api.deps.dataKeys.of(talkId);
  const [young, old] = [randomUUID(), randomUUID()];
  for (const key of [young, old]) {
    await api.deps.fileStore.put(key, dataKey, Readable.from([Buffer.from('x')]));
  }
  // In a copy: where the API tidies, bytes that should be gone may go at any moment.
  const copy = `${api.filesDir}-copy`;
  await cp(api.filesDir, copy, { recursive: true, preserveTimestamps: true });
  const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000);
  await utimes(placeOf(old, copy), twoDaysAgo, twoDaysAgo);
  const { output, code } = await verifyIn(copy);
  await rm(copy, { recursive: true });
  expect(output).toContain(`${old}  no row names it, for more than a day`);
  expect(output).toContain('1 of today that no row names');
  expect(output).not.toContain(young);
  expect(code).toBe(1);
});
