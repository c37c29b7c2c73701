import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from './support/api.ts';
import { addCase, addClinician, addPatient, addPractice, openTalk, type Someone } from './support/people.ts';
import { type RawSession, rawSession } from './support/raw-session.ts';
import { answer } from './support/result.ts';
import { samples } from './support/sample-files.ts';
import { append, begin } from './support/tus.ts';

const mebibyte = 1024 * 1024;
const fingerprint = '8d969eef6ecad3c29a3a629280e686cf';
const zipOf = (size: number): Buffer => Buffer.concat([samples.zip, randomBytes(size - samples.zip.length)]);

let api: TestApi;
let doctor: Someone;
let colleague: Someone;
let patient: Someone;
let patientRaw: RawSession;
let doctorRaw: RawSession;
let caseId: string;
let talkId: string;

beforeAll(async () => {
  api = await startApi();
  const practice = await addPractice(api);
  doctor = await addClinician(api, practice);
  colleague = await addClinician(api, practice);
  patient = await addPatient(api);
  caseId = await addCase(doctor);
  answer(await doctor.client.addCaseMember({ params: { caseId, clinicianId: colleague.id } }));
  talkId = await openTalk(doctor, caseId, patient);
  patientRaw = await rawSession(api, 'patient', patient.email);
  doctorRaw = await rawSession(api, 'clinician', doctor.email);
});
afterAll(() => api.close());
beforeEach(() => api.sql.query('delete from resumable_uploads'));

const toTalk = (): string => `/v1/talks/${talkId}/resumable-uploads`;
const toCase = (): string => `/v1/cases/${caseId}/resumable-uploads`;
async function begun(
  session: RawSession,
  path: string,
  name = 'knee.zip',
  size = 3 * mebibyte,
): Promise<string> {
  const response = await begin(session, path, size, name);
  expect(response.status).toBe(201);
  return String(response.headers.get('location'));
}
const inTalk = async (who: Someone) =>
  answer(await who.client.listTalkResumableUploads({ params: { talkId } })).data;
const inCase = async (who: Someone) =>
  answer(await who.client.listCaseResumableUploads({ params: { caseId } })).data;
const names = (uploads: readonly { name: string }[]): string[] => uploads.map(({ name }) => name);

describe('the unfinished uploads of a person', () => {
  test('are listed where they were to go, oldest first, with how far each is', async () => {
    const metadata = (name: string) =>
      `filename ${Buffer.from(name).toString('base64')},fingerprint ${Buffer.from(fingerprint).toString('base64')}`;
    const first = await begin(patientRaw, toTalk(), 3 * mebibyte, '', {
      'upload-metadata': metadata('Rodilla – 膝.zip'),
    });
    const path = String(first.headers.get('location'));
    expect((await append(patientRaw, path, 0, zipOf(mebibyte))).status).toBe(204);
    await begun(patientRaw, toTalk(), 'second.zip', 1000);
    const uploads = await inTalk(patient);
    expect(uploads).toMatchObject([
      { name: 'Rodilla – 膝.zip', size: 3 * mebibyte, offset: mebibyte, fingerprint, attachment: null },
      { name: 'second.zip', size: 1000, offset: 0, fingerprint: null, caseAttachment: null },
    ]);
    expect(uploads[0]?.id).toBe(path.split('/').at(-1));
    expect(
      answer(
        await patient.client.getResumableUpload({ params: { resumableUploadId: uploads[0]?.id ?? '' } }),
      ),
    ).toEqual(uploads[0]);
  });

  test('go on from there', async () => {
    const content = zipOf(2 * mebibyte);
    const path = await begun(patientRaw, toTalk(), 'knee.zip', content.length);
    await append(patientRaw, path, 0, content.subarray(0, mebibyte));
    const [upload] = await inTalk(patient);
    const offset = upload?.offset ?? 0;
    expect(offset).toBe(mebibyte);
    expect(
      (await append(patientRaw, `/v1/resumable-uploads/${upload?.id}`, offset, content.subarray(offset)))
        .status,
    ).toBe(204);
    // A file that is whole is not unfinished any more.
    expect(await inTalk(patient)).toEqual([]);
    expect(names(answer(await patient.client.listTalkUploads({ params: { talkId } })).data)).toEqual([
      'knee.zip',
    ]);
  });

  test('are nobody else’s: not the talk’s other person’s, and no colleague’s on the case', async () => {
    await begun(patientRaw, toTalk());
    await begun(doctorRaw, toCase(), 'series.zip');
    expect(names(await inTalk(patient))).toEqual(['knee.zip']);
    expect(await inTalk(doctor)).toEqual([]);
    expect(names(await inCase(doctor))).toEqual(['series.zip']);
    expect(await inCase(colleague)).toEqual([]);
  });

  test('of a talk and of its case are two lists', async () => {
    await begun(doctorRaw, toTalk(), 'to the patient.zip');
    await begun(doctorRaw, toCase(), 'to the case.zip');
    expect(names(await inTalk(doctor))).toEqual(['to the patient.zip']);
    expect(names(await inCase(doctor))).toEqual(['to the case.zip']);
  });

  test('are not there for whoever has no such talk or case', async () => {
    const stranger = await addClinician(api, await addPractice(api));
    const otherPatient = await addPatient(api);
    const knocks = [
      colleague.client.listTalkResumableUploads({ params: { talkId } }),
      stranger.client.listTalkResumableUploads({ params: { talkId } }),
      stranger.client.listCaseResumableUploads({ params: { caseId } }),
      otherPatient.client.listTalkResumableUploads({ params: { talkId } }),
      patient.client.listCaseResumableUploads({ params: { caseId } }),
      patient.client.listTalkResumableUploads({ params: { talkId: crypto.randomUUID() } }),
    ];
    const codes = (await Promise.all(knocks)).map((result) => (result.ok ? 'ok' : result.problem.code));
    expect(codes).toEqual(codes.map(() => 'not-found'));
  });

  test('are not listed once their time is over', async () => {
    await begun(patientRaw, toTalk());
    await api.sql.query('update resumable_uploads set expires_at = now()');
    expect(await inTalk(patient)).toEqual([]);
  });

  test('are not listed once they are given up', async () => {
    await begun(patientRaw, toTalk());
    const [upload] = await inTalk(patient);
    answer(await patient.client.removeResumableUpload({ params: { resumableUploadId: upload?.id ?? '' } }));
    expect(await inTalk(patient)).toEqual([]);
  });

  test('come in pages, each of them once', async () => {
    const all = ['1.zip', '2.zip', '3.zip', '4.zip', '5.zip'];
    for (const name of all) await begun(patientRaw, toTalk(), name, 1000);
    const seen: string[] = [];
    let cursor: string | null | undefined;
    do {
      const query = { limit: 2, ...(cursor ? { cursor } : {}) };
      const page = answer(await patient.client.listTalkResumableUploads({ params: { talkId }, query }));
      expect(page.data.length).toBeLessThanOrEqual(2);
      seen.push(...names(page.data));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(all);
    const foreign = Buffer.from('["1"]').toString('base64url');
    const refused = await patient.client.listTalkResumableUploads({
      params: { talkId },
      query: { cursor: foreign },
    });
    expect(refused.ok ? 'ok' : refused.problem.code).toBe('invalid-request');
  });
});
