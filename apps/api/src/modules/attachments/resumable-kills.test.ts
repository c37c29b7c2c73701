import { createHash, randomBytes } from 'node:crypto';
import { readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.ts';
import { type ApiProcess, apiProcess } from '../../../test/support/api-process.ts';
import {
  addCase,
  addClinician,
  addPatient,
  addPractice,
  openTalk,
  type Someone,
} from '../../../test/support/people.ts';
import { type RawSession, rawSession } from '../../../test/support/raw-session.ts';
import { answer } from '../../../test/support/result.ts';
import { samples } from '../../../test/support/sample-files.ts';
import { append, begin, offsetOf } from '../../../test/support/tus.ts';
import { removeOrphans } from './upkeep.ts';

const mebibyte = 1024 * 1024;
/** What a portal sends in one request. */
const piece = 16 * mebibyte;
const size = 40 * mebibyte;
/** Spread over the time that an upload takes, its end included. */
const kills = 10;

const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

let api: TestApi;
let server: ApiProcess;
let patient: Someone;
let raw: RawSession;
let talkId: string;
let talkUploads: string;

beforeAll(async () => {
  api = await startApi();
  const doctor = await addClinician(api, await addPractice(api));
  patient = await addPatient(api);
  talkId = await openTalk(doctor, await addCase(doctor), patient);
  talkUploads = `/v1/talks/${talkId}/resumable-uploads`;
  server = await apiProcess(api);
  await server.start();
  raw = await rawSession({ ...api, url: server.url }, 'patient', patient.email);
});
afterAll(async () => {
  await server.kill();
  await api.close();
});

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(join(api.filesDir, folder), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** An upload, and whoever sends it: asks where it stands, and goes on from there, piece by piece. */
async function newUpload() {
  const content = Buffer.concat([samples.zip, randomBytes(size - samples.zip.length)]);
  const { headers } = await begin(raw, talkUploads, size);
  const path = String(headers.get('location'));
  let acknowledged = 0;
  return {
    path,
    sha256: sha256Of(content),
    acknowledged: () => acknowledged,
    async goOn(): Promise<void> {
      for (let at = await offsetOf(raw, path); at < size; at = acknowledged) {
        const { status, headers } = await append(raw, path, at, content.subarray(at, at + piece));
        expect(status).toBe(204);
        acknowledged = Number(headers.get('upload-offset'));
      }
    },
  };
}

test('whenever its process is killed, an upload goes on from no earlier than it was told, and nothing is left over', async () => {
  const begun = performance.now();
  const undisturbed = await newUpload();
  await undisturbed.goOn();
  const usual = performance.now() - begun;

  const stoodAt: number[] = [];
  const expected = [undisturbed.sha256];
  for (let kill = 0; kill < kills; kill += 1) {
    const upload = await newUpload();
    const sending = upload.goOn().catch(() => undefined);
    const moment = ((kill + Math.random()) / kills) * usual;
    await delay(moment);
    await server.kill();
    await sending;
    await server.start();

    const offset = await offsetOf(raw, upload.path);
    stoodAt.push(offset);
    const seen = {
      lost: Math.max(0, upload.acknowledged() - offset),
      // What its end left half-written goes with the start of the next process.
      halfWritten: await filesBelow('incoming'),
    };
    await upload.goOn();
    expected.push(upload.sha256);
    const files = answer(await patient.client.listTalkUploads({ params: { talkId } })).data;
    // Few may wait to be sent: the oldest one goes.
    const params = { attachmentId: files[0]?.id ?? '' };
    const blob = answer(await patient.client.download('downloadAttachment', { params }));
    const bytes = Buffer.from(await blob.arrayBuffer());
    const when = `killed after ${moment.toFixed(0)} of ${usual.toFixed(0)} ms`;
    expect({ ...seen, when, files: files.map((file) => file.sha256), oldest: sha256Of(bytes) }).toEqual({
      lost: 0,
      halfWritten: [],
      when,
      files: [...expected],
      oldest: expected.shift(),
    });
    answer(await patient.client.removeTalkUpload({ params }));
  }
  // The kills met uploads of which some had arrived, not only ones that had not begun or were over.
  expect(stoodAt.some((offset) => offset > 0 && offset < size)).toBe(true);

  const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000);
  for (const path of await filesBelow('files')) await utimes(path, twoDaysAgo, twoDaysAgo);
  await removeOrphans(api.deps.db, api.deps.fileStore);
  const { rows } = await api.sql.query<{ id: string }>(
    'select id from files union all select id from resumable_upload_parts where file_id is not null',
  );
  const kept = (await filesBelow('files')).map((path) => path.slice(-36));
  expect(new Set(kept)).toEqual(new Set(rows.map(({ id }) => id)));
}, 120_000);
