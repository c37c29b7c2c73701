import { copyFile, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Attachment } from '@casetalk/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDiskFileStore } from '../src/gateways/disk-file-store.ts';
import { openKeyVault } from '../src/vault/open-key-vault.ts';
import { sealBacklog } from '../src/vault/seal-backlog.ts';
import { startApi, type TestApi } from './support/api.ts';
import { addCase, addClinician, addPatient, addPractice, openTalk, type Someone } from './support/people.ts';
import { type RawSession, rawSession } from './support/raw-session.ts';
import { answer } from './support/result.ts';
import { everythingStored } from './support/stored.ts';

const chunk = 64 * 1024;
const canary = 'the okapi limps on its left';
/** Text, so that a canary may stand all over it: 33 chunks, the last one not full. */
const content = Buffer.from(Array.from({ length: 70_000 }, (_, n) => `${n}: ${canary}\n`).join('')).subarray(
  0,
  32 * chunk + 1234,
);

let api: TestApi;
let doctor: Someone;
let nurse: Someone;
let patient: Someone;
let session: RawSession;
let caseId: string;
let talkId: string;
let file: Attachment;

beforeAll(async () => {
  api = await startApi();
  const practice = await addPractice(api);
  doctor = await addClinician(api, practice);
  nurse = await addClinician(api, practice, 'staff');
  patient = await addPatient(api);
  session = await rawSession(api, 'clinician', doctor.email);
  caseId = await addCase(doctor, 'Ana Ruiz', nurse);
  talkId = await openTalk(doctor, caseId, patient);
  file = await sent('diary.txt', content);
});
afterAll(() => api.close());

async function sent(name: string, bytes: Buffer): Promise<Attachment> {
  const upload = new File([Uint8Array.from(bytes)], name);
  const params = { talkId };
  const waiting = answer(await patient.client.upload('uploadTalkFile', { params }, upload));
  const body = { attachmentIds: [waiting.id] };
  const [attachment] = answer(await patient.client.sendMessage({ params, body })).attachments;
  if (!attachment) throw new Error('The message has no file.');
  return attachment;
}

async function fileIdOf(attachment: Attachment): Promise<string> {
  const found = await api.sql.query<{ id: string }>('select file_id as id from attachments where id = $1', [
    attachment.id,
  ]);
  return found.rows[0]?.id ?? '';
}
const placeOf = (fileId: string): string =>
  join(api.filesDir, 'files', fileId.slice(-4, -2), fileId.slice(-2), fileId);

const get = (headers: Record<string, string> = {}, of = file) =>
  session.fetch(`/v1/attachments/${of.id}/content`, { headers });
const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());

/** Does something to what is kept of the file, looks, and puts it back. */
async function changed<T>(change: (path: string) => Promise<unknown>, look: () => Promise<T>): Promise<T> {
  const path = placeOf(await fileIdOf(file));
  const before = await readFile(path);
  await change(path);
  try {
    return await look();
  } finally {
    await writeFile(path, before);
  }
}
const flipBit = (at: number) => async (path: string) => {
  const bytes = await readFile(path);
  const place = at < 0 ? bytes.length + at : at;
  bytes.writeUInt8(bytes.readUInt8(place) ^ 4, place);
  await writeFile(path, bytes);
};

describe('a file at rest', () => {
  test('says nothing of what it holds, and downloads as it was sent', async () => {
    expect((await everythingStored(api)).includes(Buffer.from(canary))).toBe(false);
    const response = await get();
    expect(response.headers.get('content-length')).toBe(String(content.length));
    expect((await bytesOf(response)).equals(content)).toBe(true);
  });

  test.each([
    [0, 0],
    [chunk - 1, chunk - 1],
    [chunk - 1, chunk],
    [chunk, 2 * chunk - 1],
    [chunk + 1, 3 * chunk + 1],
    [5, 9 * chunk],
    [content.length - 1, content.length - 1],
    [32 * chunk - 1, content.length - 1],
  ])('gives bytes %i to %i as the plain file has them', async (start, end) => {
    const response = await get({ range: `bytes=${start}-${end}` });
    expect(response.status).toBe(206);
    expect((await bytesOf(response)).equals(content.subarray(start, end + 1))).toBe(true);
  });

  test('once shared is opened by whoever is on the case, without a second copy', async () => {
    const shared = answer(await doctor.client.shareAttachment({ params: { attachmentId: file.id } }));
    const ofNurse = await rawSession(api, 'clinician', nurse.email);
    const response = await ofNurse.fetch(`/v1/case-attachments/${shared.id}/content`);
    expect((await bytesOf(response)).equals(content)).toBe(true);
    const { rows } = await api.sql.query('select from files where size = $1', [content.length]);
    expect(rows).toHaveLength(1);
  });

  test('uploaded to a case is under the case’s key', async () => {
    const upload = new File([Uint8Array.from(content)], 'report.txt');
    const made = answer(await doctor.client.upload('uploadCaseAttachment', { params: { caseId } }, upload));
    const { rows } = await api.sql.query(
      'select f.key_owner_id from files f join case_attachments c on c.file_id = f.id where c.id = $1',
      [made.id],
    );
    expect(rows).toEqual([{ key_owner_id: caseId }]);
    const response = await session.fetch(`/v1/case-attachments/${made.id}/content`);
    expect((await bytesOf(response)).equals(content)).toBe(true);
  });
});

describe('a file that was tampered with', () => {
  test.each([
    ['has one bit of its first chunk changed', flipBit(500)],
    ['has another header', flipBit(8)],
    ['is empty', (path: string) => truncate(path, 0)],
    ['is plain', (path: string) => writeFile(path, content)],
  ])('and %s is a failure before its first byte', async (_how, change) => {
    const response = await changed(change, () => get());
    expect(response.status).toBe(500);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(response.headers.has('content-disposition')).toBe(false);
    expect(await response.json()).toMatchObject({ code: 'internal' });
  });

  test.each([
    ['has one bit of its last byte changed', flipBit(-1)],
    ['has one bit of a chunk in its middle changed', flipBit(20 * (chunk + 16) + 99)],
    ['is cut short', (path: string) => truncate(path, 30 * chunk)],
    ['ends with a whole chunk', (path: string) => truncate(path, 11 + 32 * (chunk + 16))],
  ])('and %s is cut off while it leaves', async (_how, change) => {
    await changed(change, async () => {
      const response = await get();
      expect(response.status).toBe(200);
      await expect(response.arrayBuffer()).rejects.toThrow(/terminated|aborted|other side/);
    });
  });

  test('and has a changed chunk still gives the chunks that are whole', async () => {
    const range = { range: `bytes=${3 * chunk}-${4 * chunk - 1}` };
    const response = await changed(flipBit(20 * (chunk + 16) + 99), () => get(range));
    expect((await bytesOf(response)).equals(content.subarray(3 * chunk, 4 * chunk))).toBe(true);
  });

  test('and is another file of the same talk does not open', async () => {
    const other = await sent('other.txt', Buffer.from(content).fill('x', 0, 9));
    const from = placeOf(await fileIdOf(other));
    const response = await changed(
      (path) => copyFile(from, path),
      () => get(),
    );
    expect(response.status).toBe(500);
  });

  test('and is said to be another talk’s, or smaller than it is, does not open', async () => {
    const id = await fileIdOf(file);
    for (const change of [`key_owner_id = '${caseId}'`, 'key_owner_id = null', `size = ${chunk}`]) {
      const { rows } = await api.sql.query('select key_owner_id, size from files where id = $1', [id]);
      await api.sql.query(`update files set ${change} where id = $1`, [id]);
      const response = await get();
      const { key_owner_id: owner, size } = rows[0] as { key_owner_id: string; size: string };
      await api.sql.query('update files set key_owner_id = $2, size = $3 where id = $1', [id, owner, size]);
      expect(response.status).toBe(500);
    }
    expect((await get()).status).toBe(200);
  });
});

test('files that an older version kept in plain are sealed by migrating, also when it was broken off', async () => {
  const [one, other] = [await sent('one.txt', content), await sent('other.txt', content.subarray(7))];
  const [plain, sealed] = [await fileIdOf(one), await fileIdOf(other)];
  await writeFile(placeOf(plain), content);
  // The second one was sealed already when the migration was broken off before its row.
  await api.sql.query('update files set key_owner_id = null where id = any($1)', [[plain, sealed]]);
  await api.sql.query(`insert into sealing_backlog values ('files')`);
  expect((await everythingStored(api)).includes(Buffer.from(canary))).toBe(true);

  const said: string[] = [];
  const open = {
    vault: () => openKeyVault(api.deps.settings),
    files: () => createDiskFileStore(api.filesDir),
  };
  await sealBacklog(api.ownerUrl, open, (line) => said.push(line));
  expect(said).toEqual(['Sealed 2 files.']);
  expect((await everythingStored(api)).includes(Buffer.from(canary))).toBe(false);
  expect((await bytesOf(await get({}, one))).equals(content)).toBe(true);
  expect((await bytesOf(await get({}, other))).equals(content.subarray(7))).toBe(true);
});
