import { randomUUID } from 'node:crypto';
import { readdir, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openDatabase } from '../../db/database.ts';
import { keepTidy, removeOrphans, sweepAbandonedUploads } from './upkeep.ts';
import { startApi, type TestApi } from '../../../test/support/api.ts';
import {
  addCase,
  addClinician,
  addPatient,
  addPractice,
  openTalk,
  type Someone,
} from '../../../test/support/people.ts';
import { previewOf } from '../../../test/support/previews.ts';
import { rawSession } from '../../../test/support/raw-session.ts';
import { answer } from '../../../test/support/result.ts';
import { samples } from '../../../test/support/sample-files.ts';
import { append, begin } from '../../../test/support/tus.ts';

const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#336699' } })
  .png()
  .toBuffer();

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

const upload = async (name: string, content: Buffer) =>
  answer(
    await patient.client.upload(
      'uploadTalkFile',
      { params: { talkId } },
      new File([Uint8Array.from(content)], name),
    ),
  );
/** A file that nothing is drawn of: what lies in the store changes with its upload alone. */
const uploadText = () => upload('notes.txt', samples.txt);
/** The files of the store, by key, each with its place. */
async function kept(): Promise<Map<string, string>> {
  const entries = await readdir(join(api.filesDir, 'files'), { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => [entry.name, join(entry.parentPath, entry.name)]),
  );
}
const daysAgo = (days: number): Date => new Date(Date.now() - days * 86_400_000);

test('bytes that no row names are removed after a day, and no others', async () => {
  const file = await upload('a.png', picture);
  expect(await previewOf(api, file.id)).toBe('ready');
  const { rows } = await api.sql.query<{ id: string; preview_id: string }>(
    'select id, preview_id from files where id = (select file_id from attachments where id = $1)',
    [file.id],
  );
  const [old, fresh] = [randomUUID(), randomUUID()];
  const dataKey = await api.deps.dataKeys.of(talkId);
  for (const key of [old, fresh]) {
    await api.deps.fileStore.put(key, dataKey, Readable.from([Buffer.from('x')]));
  }
  for (const [key, path] of await kept()) if (key !== fresh) await utimes(path, daysAgo(2), daysAgo(2));

  // The API under test tidies by itself as well and may be first, so what is left counts and not who removed it.
  await removeOrphans(api.deps.db, api.deps.fileStore);
  expect(new Set((await kept()).keys())).toEqual(new Set([rows[0]?.id, rows[0]?.preview_id, fresh]));
});

test('within a quarter of an hour of its start a process says which rows have lost their bytes', async () => {
  const before = new Set((await kept()).keys());
  await uploadText();
  const gone = [...(await kept()).keys()].find((key) => !before.has(key)) ?? '';
  await rm((await kept()).get(gone) ?? '');
  const told: string[][] = [];
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] });
  const stop = keepTidy(api.deps.db, api.deps.fileStore, {
    failed: (error) => expect.unreachable(String(error)),
    removed: () => undefined,
    missing: (ids) => told.push([...ids]),
  });
  vi.advanceTimersByTime(15 * 60_000);
  stop();
  vi.useRealTimers();
  await vi.waitFor(() => expect(told).toEqual([[gone]]));
  await api.sql.query('delete from attachments where file_id = $1', [gone]);
  await api.sql.query('delete from files where id = $1', [gone]);
});

test('uploads that were never sent are forgotten after a month, and sent ones never', async () => {
  const [sent, forgotten, waiting] = [await uploadText(), await uploadText(), await uploadText()];
  const params = { talkId };
  answer(await patient.client.sendMessage({ params, body: { attachmentIds: [sent.id] } }));
  await api.sql.query(`update attachments set created_at = now() - interval '31 days' where id = any($1)`, [
    [sent.id, forgotten.id],
  ]);
  const worker = openDatabase(api.deps.settings.JOBS_DATABASE_URL, 1, () => undefined);
  await sweepAbandonedUploads(worker);
  await worker.close();

  const left = answer(await patient.client.listTalkUploads({ params })).data.map(({ id }) => id);
  expect(left).toContain(waiting.id);
  expect(left).not.toContain(forgotten.id);
  const attachmentId = sent.id;
  answer(await patient.client.download('downloadAttachment', { params: { attachmentId } }));
});

test('an upload that was not finished in time is forgotten, and its bytes go', async () => {
  const raw = await rawSession(api, 'patient', patient.email);
  const before = new Set((await kept()).keys());
  const half = Buffer.concat([samples.zip, Buffer.alloc(1024 * 1024)]);
  const halves = [];
  for (const _ of ['late', 'in time']) {
    const { headers } = await begin(raw, `/v1/talks/${talkId}/resumable-uploads`, 2 * half.length);
    const path = String(headers.get('location'));
    expect((await append(raw, path, 0, half)).status).toBe(204);
    halves.push(path.split('/').at(-1));
  }
  const [late] = halves;
  await api.sql.query(`update resumable_uploads set expires_at = now() - interval '1 second' where id = $1`, [
    late,
  ]);
  const worker = openDatabase(api.deps.settings.JOBS_DATABASE_URL, 1, () => undefined);
  await sweepAbandonedUploads(worker);
  await worker.close();
  const parts = [...(await kept())].filter(([key]) => !before.has(key));
  for (const [, path] of parts) await utimes(path, daysAgo(2), daysAgo(2));

  expect(parts).toHaveLength(2);
  await removeOrphans(api.deps.db, api.deps.fileStore);
  const left = await kept();
  expect(parts.filter(([key]) => left.has(key))).toHaveLength(1);
  const { rows } = await api.sql.query('select id from resumable_uploads where id = any($1)', [halves]);
  expect(rows).toEqual([{ id: halves[1] }]);
});
