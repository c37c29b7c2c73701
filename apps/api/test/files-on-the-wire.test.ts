import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { limits } from '@casetalk/contract';
import { startApi, type TestApi } from './support/api.ts';
import { addCase, addClinician, addPatient, addPractice, openTalk, type Someone } from './support/people.ts';
import { type RawSession, rawSession } from './support/raw-session.ts';
import { answer } from './support/result.ts';
import { samples } from './support/sample-files.ts';
import { slowUpload } from './support/slow-upload.ts';

let api: TestApi;
let patient: Someone;
let session: RawSession;
let talkId: string;

beforeAll(async () => {
  api = await startApi({ TALK_FILES_QUOTA: '600000000' });
  const doctor = await addClinician(api, await addPractice(api));
  patient = await addPatient(api);
  session = await rawSession(api, 'patient', patient.email);
  talkId = await openTalk(doctor, await addCase(doctor), patient);
});
afterAll(() => api.close());

const filesOnDisk = async (): Promise<string[]> =>
  (await readdir(api.filesDir, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => entry.parentPath);
const start = (headers = session.headers(), id = talkId, name?: string) =>
  slowUpload(`${api.url}/v1/talks/${id}/uploads`, { ...headers, 'idempotency-key': randomUUID() }, name);
const rows = async (): Promise<number> => {
  const { rows } = await api.sql.query<{ count: number }>('select count(*)::int from files');
  return rows[0]?.count ?? -1;
};
const mebibyte = Buffer.alloc(1024 ** 2, 0x5a);
/** Waits for a state that the server reaches by itself. */
const until = async (reached: () => Promise<boolean>): Promise<void> => {
  while (!(await reached())) await new Promise((resolve) => setTimeout(resolve, 20));
};

describe('an upload that', () => {
  test('is one byte too large is refused, and leaves nothing', { timeout: 120_000 }, async () => {
    const upload = start();
    await upload.write(samples.zip);
    let left = limits.fileSize + 1 - samples.zip.length;
    for (; left > mebibyte.length; left -= mebibyte.length) await upload.write(mebibyte);
    await upload.write(mebibyte.subarray(0, left));
    upload.finish();
    expect(await upload.answered).toEqual({ status: 413, code: 'too-large' });
    await until(async () => (await filesOnDisk()).length === 0);
    expect(await rows()).toBe(0);
  });

  test('goes on beyond the limit is refused without waiting for its end', { timeout: 120_000 }, async () => {
    const upload = start();
    await upload.write(samples.zip);
    for (let sent = samples.zip.length; sent <= limits.fileSize; sent += mebibyte.length) {
      await upload.write(mebibyte);
    }
    await upload.write(mebibyte);
    expect(await upload.answered).toEqual({ status: 413, code: 'too-large' });
    if (!upload.request.closed) await once(upload.request, 'close');
    await until(async () => (await filesOnDisk()).length === 0);
    expect(await rows()).toBe(0);
  });

  test.each([
    ['nonsense', Buffer.alloc(100)],
    [
      'a part without an end',
      Buffer.from('--x\r\ncontent-disposition: form-data; name="file"; filename="a.zip"\r\n\r\nPK'),
    ],
    ['a head without an end', Buffer.from('--x\r\ncontent-disposition: form-data; name="file"')],
    ['nothing', Buffer.alloc(0)],
  ])('is %s is refused as not well-formed', async (_, body) => {
    const response = await session.fetch(`/v1/talks/${talkId}/uploads`, {
      method: 'POST',
      headers: { 'idempotency-key': randomUUID(), 'content-type': 'multipart/form-data; boundary=x' },
      body: Uint8Array.from(body),
    });
    expect(await response.json()).toMatchObject({ code: 'invalid-request' });
    expect(await filesOnDisk()).toEqual([]);
  });

  test('says that it is too large is refused before its body', async () => {
    const upload = slowUpload(`${api.url}/v1/talks/${talkId}/uploads`, {
      ...session.headers(),
      'idempotency-key': randomUUID(),
      'content-length': String(limits.fileSize + 200_000),
    });
    expect((await upload.answered).status).toBe(413);
    upload.request.destroy();
  });

  test('breaks off leaves nothing, and neither do fifty', async () => {
    const uploads = Array.from({ length: 50 }, () => start());
    await Promise.all(uploads.map((upload) => upload.write(Buffer.concat([samples.zip, mebibyte]))));
    await until(async () => (await filesOnDisk()).length > 0);
    for (const upload of uploads) upload.request.destroy();
    await until(async () => (await filesOnDisk()).length === 0);
    expect(await rows()).toBe(0);
    // Those who were cut hold no connection and no lock: the next one goes through.
    const file = new File([Uint8Array.from(samples.png)], 'a.png');
    const { id } = answer(await patient.client.upload('uploadTalkFile', { params: { talkId } }, file));
    answer(await patient.client.removeTalkUpload({ params: { attachmentId: id } }));
  });

  test('may not be sent is answered before it has ended, and then cut off', async () => {
    const refused = [
      [start({}), 401, 'unauthenticated'],
      [start(session.headers(), randomUUID()), 404, 'not-found'],
      [start(session.headers(), talkId, 'a.exe'), 415, 'file-type-refused'],
    ] as const;
    await Promise.all(
      refused.map(async ([upload, status, code]) => {
        await upload.write(mebibyte);
        expect(await upload.answered).toEqual({ status, code });
        // A little more is read, so that the answer gets through to whoever is still writing.
        await upload.write(mebibyte);
        if (!upload.request.closed) await once(upload.request, 'close');
      }),
    );
    expect(await filesOnDisk()).toEqual([]);
  });

  test('is not what it claims is answered after its first bytes', async () => {
    const upload = start(session.headers(), talkId, 'a.png');
    await upload.write(mebibyte);
    expect(await upload.answered).toEqual({ status: 415, code: 'file-type-refused' });
    await until(async () => (await filesOnDisk()).length === 0);
    upload.request.destroy();
  });

  test('would burst the talk’s quota is refused, and leaves nothing', async () => {
    const stored = await rows();
    await api.sql.query(
      `insert into files (id, case_id, size, sha256, media_type, kind)
       select $1, case_id, 599999990, '', 'application/zip', 'archive' from talks where id = $2`,
      [randomUUID(), talkId],
    );
    await api.sql.query(
      `insert into attachments (id, talk_id, case_id, clinician_id, patient_id, file_id, uploader, name, upload_key)
       select gen_random_uuid(), t.id, t.case_id, t.clinician_id, t.patient_id, f.id, 'patient', 'x', gen_random_uuid()
       from talks t, files f where t.id = $1 and f.size = 599999990`,
      [talkId],
    );
    const upload = start();
    await upload.write(Buffer.concat([samples.zip, mebibyte]));
    upload.finish();
    expect(await upload.answered).toEqual({ status: 422, code: 'quota-reached' });
    expect(await filesOnDisk()).toEqual([]);
    expect(await rows()).toBe(stored + 1);
  });
});
