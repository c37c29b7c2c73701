import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createDatabase, dropDatabase, urlOfDatabase } from '@casetalk/local-stack';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startApi, type TestApi } from './support/api.ts';
import { type Ended, runOperatorCommand } from './support/operator-command.ts';
import { addCase, addClinician, addPatient, addPractice, openTalk, type Someone } from './support/people.ts';
import { rawSession } from './support/raw-session.ts';
import { answer } from './support/result.ts';
import { samples } from './support/sample-files.ts';
import { append, begin, offsetOf } from './support/tus.ts';

const bucket = 'casetalk-files';
const restoredBucket = 'casetalk-restored';
const credentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
const canary = Buffer.from('what the patient would not have anybody read '.repeat(200));
const zipOf = (size: number): Buffer =>
  Buffer.concat([samples.zip, canary, randomBytes(size - samples.zip.length - canary.length)]);
const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

let server: FauxqsServer;
let storage: string;
let api: TestApi;
let patient: Someone;
let talkId: string;
let place: Record<string, string>;

beforeAll(async () => {
  for (const [name, value] of Object.entries(credentials)) vi.stubEnv(name, value);
  storage = await mkdtemp(join(tmpdir(), 'casetalk-bucket-'));
  server = await startFauxqs({ port: 0, logger: false, s3StorageDir: storage });
  server.createBucket(bucket);
  server.createBucket(restoredBucket);
  place = {
    FILES_S3_BUCKET: bucket,
    FILES_S3_REGION: 'us-east-1',
    FILES_S3_ENDPOINT: `http://127.0.0.1:${server.port}`,
  };
  api = await startApi(place);
  const doctor = await addClinician(api, await addPractice(api));
  patient = await addPatient(api);
  talkId = await openTalk(doctor, await addCase(doctor), patient);
});
afterAll(async () => {
  await api.close();
  await server.stop();
  await rm(storage, { recursive: true, force: true });
  vi.unstubAllEnvs();
});

const keys = async (): Promise<string[]> =>
  Readable.from(api.deps.fileStore.keysBefore(new Date(Date.now() + 60_000))).toArray();
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function download(attachmentId: string, range?: string): Promise<Buffer> {
  const options = range === undefined ? {} : { range };
  const blob = answer(
    await patient.client.download('downloadAttachment', { params: { attachmentId } }, options),
  );
  return Buffer.from(await blob.arrayBuffer());
}

function run(
  name: 'backup' | 'restore' | 'files-verify',
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const { settings } = api.deps;
  return runOperatorCommand(name, args, {
    ...credentials,
    ...place,
    OWNER_DATABASE_URL: api.ownerUrl,
    DATABASE_URL: settings.DATABASE_URL,
    JOBS_DATABASE_URL: settings.JOBS_DATABASE_URL,
    FILES_DIR: api.filesDir,
    VAULT_KEY: settings.VAULT_KEY ?? '',
    SEALING_KEY: settings.SEALING_KEY,
    PASSWORD_PEPPER: settings.PASSWORD_PEPPER,
    ...more,
  });
}

test('files go into the bucket, sealed, come back whole or in part, and are removed', async () => {
  const content = zipOf(7_000_000);
  const file = new File([Uint8Array.from(content)], 'scans.zip');
  const uploaded = answer(await patient.client.upload('uploadTalkFile', { params: { talkId } }, file));
  expect(uploaded.sha256).toBe(sha256Of(content));
  expect((await download(uploaded.id)).equals(content)).toBe(true);
  const part = await download(uploaded.id, 'bytes=70000-6999990');
  expect(part.equals(content.subarray(70_000, 6_999_991))).toBe(true);

  expect(await filesBelow(api.filesDir)).toEqual([]);
  const objects = await filesBelow(storage);
  expect(objects.length).toBeGreaterThan(0);
  for (const path of objects) {
    expect((await readFile(path)).includes(canary.subarray(0, 64))).toBe(false);
  }
  expect(await keys()).toHaveLength(1);
  answer(await patient.client.removeTalkUpload({ params: { attachmentId: uploaded.id } }));
  expect(await keys()).toEqual([]);
});

test('an upload goes on part by part, and what a backup holds of all this is brought into another bucket', async () => {
  const raw = await rawSession(api, 'patient', patient.email);
  const content = zipOf(6_000_000);
  const { headers } = await begin(raw, `/v1/talks/${talkId}/resumable-uploads`, content.length);
  const path = String(headers.get('location'));
  expect((await append(raw, path, 0, content.subarray(0, 2_000_000))).status).toBe(204);
  expect(await offsetOf(raw, path)).toBe(2_000_000);
  expect((await append(raw, path, 2_000_000, content.subarray(2_000_000))).status).toBe(204);
  const [file] = answer(await patient.client.listTalkUploads({ params: { talkId } })).data;
  expect(file?.sha256).toBe(sha256Of(content));
  expect((await download(file?.id ?? '')).equals(content)).toBe(true);

  const verified = await run('files-verify', ['--deep']);
  expect(verified.output).toContain('Every byte is what came.');
  expect(verified.code).toBe(0);

  const folder = await mkdtemp(join(tmpdir(), 'casetalk-backup-'));
  const name = `bucket_${randomBytes(4).toString('hex')}`;
  const adminUrl = urlOfDatabase(String(api.sql.options.connectionString), 'postgres');
  const at = (url: string): string => urlOfDatabase(url, name);
  const { DATABASE_URL, JOBS_DATABASE_URL } = api.deps.settings;
  const elsewhere = {
    OWNER_DATABASE_URL: at(api.ownerUrl),
    DATABASE_URL: at(DATABASE_URL),
    JOBS_DATABASE_URL: at(JOBS_DATABASE_URL),
    FILES_DIR: join(folder, 'restored'),
    FILES_S3_BUCKET: restoredBucket,
  };
  try {
    const backedUp = await run('backup', [join(folder, 'backup')]);
    // Its two parts and the list of them.
    expect(backedUp.output).toContain('3 files');
    expect(backedUp.code).toBe(0);
    await createDatabase(adminUrl, name, decodeURIComponent(new URL(api.ownerUrl).username));
    const refused = await run('restore', [join(folder, 'backup')], { ...elsewhere, FILES_S3_BUCKET: bucket });
    expect(refused.output).toContain('The file store is not empty');
    const restored = await run('restore', [join(folder, 'backup')], elsewhere);
    expect(restored.output).toContain('Nothing was tampered with.');
    expect(restored.code).toBe(0);
    const there = await run('files-verify', ['--deep'], elsewhere);
    expect(there.output).toContain('1 files');
    expect(there.output).toContain('Every byte is what came.');
    expect(there.code).toBe(0);
  } finally {
    await dropDatabase(adminUrl, name);
    await rm(folder, { recursive: true, force: true });
  }
}, 120_000);
