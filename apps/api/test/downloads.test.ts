import { createHash, randomBytes } from 'node:crypto';
import type { Attachment } from '@casetalk/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from './support/api.ts';
import { addCase, addClinician, addPatient, addPractice, openTalk, type Someone } from './support/people.ts';
import { type RawSession, rawSession } from './support/raw-session.ts';
import { answer } from './support/result.ts';
import { samples } from './support/sample-files.ts';

let api: TestApi;
let doctor: Someone;
let patient: Someone;
let doctorSession: RawSession;
let patientSession: RawSession;
let caseId: string;
let talkId: string;
let file: Attachment;
const content = Buffer.concat([samples.zip, randomBytes(900_000)]);

beforeAll(async () => {
  api = await startApi();
  doctor = await addClinician(api, await addPractice(api));
  patient = await addPatient(api);
  doctorSession = await rawSession(api, 'clinician', doctor.email);
  patientSession = await rawSession(api, 'patient', patient.email);
  caseId = await addCase(
    doctor,
    'Ana Ruiz',
    await addClinician(api, await addPractice(api, 'Bay View Clinic')),
  );
  talkId = await openTalk(doctor, caseId, patient);
  file = await sent('export.zip', content);
});
afterAll(() => api.close());

async function sent(name: string, bytes: Buffer): Promise<Attachment> {
  const upload = new File([Uint8Array.from(bytes)], name);
  const waiting = answer(await patient.client.upload('uploadTalkFile', { params: { talkId } }, upload));
  const message = answer(
    await patient.client.sendMessage({ params: { talkId }, body: { attachmentIds: [waiting.id] } }),
  );
  const [attachment] = message.attachments;
  if (!attachment) throw new Error('The message has no file.');
  return attachment;
}
const get = (headers: Record<string, string> = {}, method = 'GET', session = doctorSession, id = file.id) =>
  session.fetch(`/v1/attachments/${id}/content`, { method, headers });
const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());

describe('a download', () => {
  test('has the bytes, and headers under which a browser runs nothing of them', async () => {
    const response = await get();
    expect(response.status).toBe(200);
    expect(await bytesOf(response)).toEqual(content);
    const hash = createHash('sha256').update(content).digest();
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/zip',
      'content-length': String(content.length),
      'content-disposition': 'attachment; filename=export.zip',
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
      'accept-ranges': 'bytes',
      etag: `"${hash.toString('hex')}"`,
      'repr-digest': `sha-256=:${hash.toString('base64')}:`,
    });
  });

  test('has the same headers for HEAD, and no bytes', async () => {
    const head = await get({ range: 'bytes=0-9' }, 'HEAD');
    expect(head.status).toBe(200);
    expect(head.headers.get('content-length')).toBe(String(content.length));
    expect(head.headers.get('etag')).toBe(`"${file.sha256}"`);
    expect((await bytesOf(head)).length).toBe(0);
  });

  test.each([
    ['bytes=0-99', 0, 99],
    ['bytes=899000-', 899_000, content.length - 1],
    ['bytes=-10', content.length - 10, content.length - 1],
    ['bytes=10-99999999', 10, content.length - 1],
  ])('has the range %s', async (range, start, end) => {
    const response = await get({ range });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end}/${content.length}`);
    expect(response.headers.get('content-length')).toBe(String(end - start + 1));
    expect(await bytesOf(response)).toEqual(content.subarray(start, end + 1));
  });

  test('answers a range beyond the end with the size', async () => {
    const response = await get({ range: `bytes=${content.length}-` });
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe(`bytes */${content.length}`);
    expect(await response.json()).toMatchObject({ code: 'range-not-satisfiable' });
  });

  test.each([
    ['several ranges', { range: 'bytes=0-1,4-5' }],
    ['a unit that is not known', { range: 'lines=1-2' }],
    ['a part of another file', { range: 'bytes=0-1', 'if-range': '"of-another-file"' }],
  ])('is whole when asked for %s', async (_, headers) => {
    const response = await get(headers);
    expect(response.status).toBe(200);
    expect((await bytesOf(response)).length).toBe(content.length);
  });

  test('goes on where it broke off, as long as it is the same file', async () => {
    const response = await get({ range: 'bytes=5-8', 'if-range': `"${file.sha256}"` });
    expect(response.status).toBe(206);
    expect(await bytesOf(response)).toEqual(content.subarray(5, 9));
  });

  test('of text says its character set', async () => {
    const text = await sent('notes.txt', samples.txt);
    const response = await get({}, 'GET', doctorSession, text.id);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  });

  test('of a file that was found harmful is refused like one that does not exist', async () => {
    const bad = await sent('bad.zip', samples.zip);
    await api.sql.query(
      `update files set scan = 'infected' where id = (select file_id from attachments where id = $1)`,
      [bad.id],
    );
    for (const session of [doctorSession, patientSession]) {
      expect((await get({}, 'GET', session, bad.id)).status).toBe(404);
    }
  });

  test('ends with the clinician’s place on the case', async () => {
    expect((await get()).status).toBe(200);
    await api.sql.query('delete from case_members where case_id = $1 and clinician_id = $2', [
      caseId,
      doctor.id,
    ]);
    expect((await get()).status).toBe(404);
    expect((await get({}, 'HEAD')).status).toBe(404);
    expect((await get({}, 'GET', patientSession)).status).toBe(200);
  });
});
