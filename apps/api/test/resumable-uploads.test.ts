import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp } from '../src/app.ts';
import { openDependencies } from '../src/dependencies-from-settings.ts';
import { startApi, type TestApi } from './support/api.ts';
import { addCase, addClinician, addPatient, addPractice, openTalk, type Someone } from './support/people.ts';
import { type RawSession, rawSession } from './support/raw-session.ts';
import { answer } from './support/result.ts';
import { hostile, samples } from './support/sample-files.ts';
import { append, begin, offsetOf, sendByTus } from './support/tus.ts';

const mebibyte = 1024 * 1024;
const canary = Buffer.from('what the patient would not have anybody read '.repeat(4000));
const zipOf = (size: number): Buffer =>
  Buffer.concat([samples.zip, canary, randomBytes(size - samples.zip.length - canary.length)]);

let api: TestApi;
let doctor: Someone;
let patient: Someone;
let patientRaw: RawSession;
let doctorRaw: RawSession;
let caseId: string;
let talkId: string;
let talkUploads: string;

beforeAll(async () => {
  api = await startApi({ PERSON_DAY_FILES_QUOTA: '400000000' });
  const practice = await addPractice(api);
  doctor = await addClinician(api, practice);
  patient = await addPatient(api);
  caseId = await addCase(doctor);
  talkId = await openTalk(doctor, caseId, patient);
  talkUploads = `/v1/talks/${talkId}/resumable-uploads`;
  patientRaw = await rawSession(api, 'patient', patient.email);
  doctorRaw = await rawSession(api, 'clinician', doctor.email);
});
afterAll(() => api.close());

const filesOnDisk = async (): Promise<string[]> =>
  (await readdir(api.filesDir, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
const begun = async (size: number, name?: string): Promise<string> => {
  const response = await begin(patientRaw, talkUploads, size, name);
  expect(response.status).toBe(201);
  return String(response.headers.get('location'));
};
const codeOf = async (response: Response): Promise<string> =>
  response.ok ? 'ok' : ((await response.json()) as { code: string }).code;
const remove = (path: string): Promise<Response> => patientRaw.fetch(path, { method: 'DELETE' });
async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let left = 100; left > 0 && !(await condition()); left -= 1) await delay(50);
  expect(await condition()).toBe(true);
}

describe('an upload that can be resumed', () => {
  test('by any tus client becomes a file of the talk, whole', async () => {
    const content = zipOf(40 * mebibyte);
    const file = { name: 'Rodilla – 膝.zip', content };
    const id = await sendByTus(`${api.url}${talkUploads}`, patientRaw, file, 7 * mebibyte);
    const { attachment, offset } = answer(
      await patient.client.getResumableUpload({ params: { resumableUploadId: id } }),
    );
    expect(attachment).toMatchObject({ name: file.name, kind: 'archive', size: content.length });
    expect(attachment?.sha256).toBe(createHash('sha256').update(content).digest('hex'));
    expect(offset).toBe(content.length);
    const attachmentId = attachment?.id ?? '';
    const blob = answer(await patient.client.download('downloadAttachment', { params: { attachmentId } }));
    expect(Buffer.from(await blob.arrayBuffer()).equals(content)).toBe(true);
    // Six parts, and the list of them.
    expect(await filesOnDisk()).toHaveLength(7);
    const { rows } = await api.sql.query(
      `select action from audit_events where resource_id = any($1) and action like '%begun' or action = 'attachment.uploaded'`,
      [[id]],
    );
    expect(rows).toHaveLength(2);
    answer(await patient.client.removeTalkUpload({ params: { attachmentId } }));
    expect(await filesOnDisk()).toEqual([]);
  });

  test('becomes a file of the case', async () => {
    const content = zipOf(3 * mebibyte);
    const endpoint = `${api.url}/v1/cases/${caseId}/resumable-uploads`;
    const id = await sendByTus(endpoint, doctorRaw, { name: 'scans.zip', content }, mebibyte);
    const { caseAttachment } = answer(
      await doctor.client.getResumableUpload({ params: { resumableUploadId: id } }),
    );
    const [listed] = answer(await doctor.client.listCaseAttachments({ params: { caseId } })).data;
    expect(listed).toEqual(caseAttachment);
    expect(listed).toMatchObject({ name: 'scans.zip', size: content.length, origin: 'upload' });
    answer(
      await doctor.client.removeCaseAttachment({ params: { caseAttachmentId: caseAttachment?.id ?? '' } }),
    );
  });

  test('keeps what came before the connection broke, sealed, and goes on in another process', async () => {
    const content = zipOf(20 * mebibyte);
    const path = await begun(content.length);
    const cut = request(`${api.url}${path}`, {
      method: 'PATCH',
      headers: {
        ...patientRaw.headers(),
        'tus-resumable': '1.0.0',
        'content-type': 'application/offset+octet-stream',
        'content-length': content.length,
        'upload-offset': 0,
      },
    });
    cut.on('error', () => undefined);
    cut.write(content.subarray(0, 18 * mebibyte));
    await until(async () => (await offsetOf(patientRaw, path)) === 16 * mebibyte);
    cut.destroy();
    await until(async () => (await offsetOf(patientRaw, path)) > 16 * mebibyte);

    for (const file of await filesOnDisk()) {
      expect((await readFile(file)).includes(canary.subarray(0, 64))).toBe(false);
    }

    const deps = await openDependencies(api.deps.settings, () => undefined);
    const other = await buildApp(deps);
    try {
      const url = await other.listen({ host: '127.0.0.1', port: 0 });
      const offset = await offsetOf(patientRaw, path);
      const response = await fetch(`${url}${path}`, {
        method: 'PATCH',
        headers: {
          ...patientRaw.headers(),
          'tus-resumable': '1.0.0',
          'content-type': 'application/offset+octet-stream',
          'upload-offset': String(offset),
        },
        body: Uint8Array.from(content.subarray(offset)),
      });
      expect(response.status).toBe(204);
      expect(response.headers.get('upload-offset')).toBe(String(content.length));
    } finally {
      await other.close();
      await deps.close();
    }
    const [file] = answer(await patient.client.listTalkUploads({ params: { talkId } })).data;
    expect(file?.sha256).toBe(createHash('sha256').update(content).digest('hex'));
    answer(await patient.client.removeTalkUpload({ params: { attachmentId: file?.id ?? '' } }));
  });

  test('takes the same bytes once, however many send them', async () => {
    const before = await filesOnDisk();
    const content = zipOf(2 * mebibyte);
    const path = await begun(content.length);
    const half = content.subarray(0, mebibyte);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => append(patientRaw, path, 0, half).then(codeOf)),
    );
    expect(answers.toSorted()).toEqual(['ok', ...Array<string>(7).fill('state-conflict')]);
    const ends = await Promise.all(
      Array.from({ length: 8 }, () =>
        append(patientRaw, path, mebibyte, content.subarray(mebibyte)).then(codeOf),
      ),
    );
    expect(ends.toSorted()).toEqual(['ok', ...Array<string>(7).fill('state-conflict')]);
    const files = answer(await patient.client.listTalkUploads({ params: { talkId } })).data;
    expect(files).toHaveLength(1);
    expect(await codeOf(await remove(path))).toBe('state-conflict');
    answer(await patient.client.removeTalkUpload({ params: { attachmentId: files[0]?.id ?? '' } }));
    expect(await filesOnDisk()).toEqual(before);
  });

  test('begun twice with one key is one upload', async () => {
    const headers = { 'idempotency-key': crypto.randomUUID() };
    const first = await Promise.all(
      Array.from({ length: 6 }, () => begin(patientRaw, talkUploads, 1000, 'a.zip', headers)),
    );
    expect(new Set(first.map((response) => response.headers.get('location'))).size).toBe(1);
    expect(await codeOf(await begin(patientRaw, talkUploads, 1001, 'a.zip', headers))).toBe(
      'idempotency-key-reused',
    );
    await remove(String(first[0]?.headers.get('location')));
  });

  test('is removed with its bytes when it is given up', async () => {
    const before = await filesOnDisk();
    const path = await begun(2 * mebibyte);
    expect((await append(patientRaw, path, 0, zipOf(mebibyte))).status).toBe(204);
    expect(await filesOnDisk()).toHaveLength(before.length + 1);
    expect((await remove(path)).status).toBe(204);
    expect(await offsetOf(patientRaw, path)).toBe(-1);
    expect(await filesOnDisk()).toEqual(before);
  });

  test('of which a part was lost is forgotten, so that its sender begins anew', async () => {
    const before = await filesOnDisk();
    const content = zipOf(2 * mebibyte);
    const path = await begun(content.length);
    expect((await append(patientRaw, path, 0, content.subarray(0, mebibyte))).status).toBe(204);
    const part = (await filesOnDisk()).find((file) => !before.includes(file));
    await rm(part ?? '');
    expect((await append(patientRaw, path, mebibyte, content.subarray(mebibyte))).status).toBe(500);
    expect(await offsetOf(patientRaw, path)).toBe(-1);
    expect(await filesOnDisk()).toEqual(before);
  });

  test('is over when its time is', async () => {
    const path = await begun(mebibyte);
    await api.sql.query('update resumable_uploads set expires_at = now() where finished_at is null');
    expect(await offsetOf(patientRaw, path)).toBe(-1);
    expect(await codeOf(await append(patientRaw, path, 0, zipOf(mebibyte)))).toBe('not-found');
  });

  test.each([
    ['a program', 'tool.zip', Buffer.concat([hostile.exe, randomBytes(mebibyte)])],
    ['a page', 'page.pdf', Buffer.concat([hostile.html, Buffer.alloc(mebibyte, 32)])],
  ])('is refused with its first bytes when they are %s', async (_what, name, content) => {
    const before = await filesOnDisk();
    const path = await begun(100 * mebibyte, name);
    expect(await codeOf(await append(patientRaw, path, 0, content))).toBe('file-type-refused');
    expect(await offsetOf(patientRaw, path)).toBe(-1);
    expect(await filesOnDisk()).toEqual(before);
  });
});

describe('a request that does not fit', () => {
  test.each([
    ['without a length', { 'upload-length': '' }, 'invalid-request'],
    ['of an empty file', { 'upload-length': '0' }, 'file-empty'],
    ['of a file that is too large', { 'upload-length': '500000001' }, 'too-large'],
    ['without a name', { 'upload-metadata': '' }, 'invalid-request'],
    ['of a program', { 'upload-metadata': `filename ${btoa('tool.exe')}` }, 'file-type-refused'],
    ['in another version', { 'tus-resumable': '0.2.2' }, 'protocol-version'],
  ])('begins nothing: %s', async (_what, headers, code) => {
    const response = await begin(patientRaw, talkUploads, 1000, 'a.zip', headers);
    expect(await codeOf(response)).toBe(code);
  });

  test.each([
    ['at another place', 7, mebibyte, {}, 'state-conflict'],
    ['beyond the end', 0, 3 * mebibyte, {}, 'too-large'],
    ['in crumbs', 0, 1000, {}, 'invalid-request'],
    [
      'of another type',
      0,
      mebibyte,
      { 'content-type': 'application/octet-stream' },
      'unsupported-media-type',
    ],
    ['in no version', 0, mebibyte, { 'tus-resumable': '' }, 'protocol-version'],
  ] as const)('adds nothing: %s', async (_what, offset, size, headers, code) => {
    const path = await begun(2 * mebibyte);
    expect(
      await codeOf(
        await append(patientRaw, path, offset, zipOf(Math.max(size, 200_000)).subarray(0, size), headers),
      ),
    ).toBe(code);
    expect(await offsetOf(patientRaw, path)).toBe(0);
    await remove(path);
  });

  test('of another person finds nothing', async () => {
    const path = await begun(2 * mebibyte);
    expect(await offsetOf(doctorRaw, path)).toBe(-1);
    expect(await codeOf(await append(doctorRaw, path, 0, zipOf(mebibyte)))).toBe('not-found');
    expect(await codeOf(await doctorRaw.fetch(path, { method: 'DELETE' }))).toBe('not-found');
    await remove(path);
  });
});

describe('the room of one person', () => {
  test('holds what is set aside at once in several talks', async () => {
    const other = await openTalk(doctor, await addCase(doctor), patient);
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        begin(
          patientRaw,
          index % 2 === 0 ? talkUploads : `/v1/talks/${other}/resumable-uploads`,
          100_000_000,
        ),
      ),
    );
    const begunOnes = answers.filter((response) => response.status === 201);
    expect(begunOnes).toHaveLength(4);
    const refusals = await Promise.all(
      answers
        .filter((response) => response.status !== 201)
        .map(async (response) => (await response.json()) as { code: string; quota: string; detail: string }),
    );
    expect(new Set(refusals.map(({ code, quota }) => `${code} ${quota}`))).toEqual(
      new Set(['quota-reached day']),
    );
    expect(refusals[0]?.detail).toContain('tomorrow');
    for (const response of begunOnes) await remove(String(response.headers.get('location')));
    expect((await begin(patientRaw, talkUploads, 100_000_000)).status).toBe(201);
  });
});
