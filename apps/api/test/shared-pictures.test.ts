import { createHash } from 'node:crypto';
import { truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { Attachment } from '@casetalk/contract';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from './support/api.ts';
import { addCase, addClinician, addPatient, addPractice, openTalk, type Someone } from './support/people.ts';
import { previewOf } from './support/previews.ts';
import { type RawSession, rawSession } from './support/raw-session.ts';
import { answer, outcome } from './support/result.ts';
import { samples } from './support/sample-files.ts';

const place = 'GPS 37.7749 N 122.4194 W';
/** As a telephone makes it: turned by its metadata, which say where it was. */
const photograph = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#884422' } })
  .withMetadata({ orientation: 6 })
  .withExif({ IFD0: { Orientation: '6' }, IFD3: { GPSAreaInformation: place } })
  .jpeg()
  .toBuffer();
/** It begins as a picture and then is none, with the place in what nobody can read. */
const damaged = Buffer.concat([
  photograph.subarray(0, photograph.indexOf(place) + place.length),
  Buffer.alloc(64),
]);

let api: TestApi;
let doctor: Someone;
let nurse: Someone;
let patient: Someone;
let ofNurse: RawSession;
let ofDoctor: RawSession;
let caseId: string;
let talkId: string;

beforeAll(async () => {
  api = await startApi();
  const practice = await addPractice(api);
  doctor = await addClinician(api, practice);
  nurse = await addClinician(api, practice, 'staff');
  patient = await addPatient(api);
  [ofDoctor, ofNurse] = [
    await rawSession(api, 'clinician', doctor.email),
    await rawSession(api, 'clinician', nurse.email),
  ];
  caseId = await addCase(doctor, 'Ana Ruiz', nurse);
  talkId = await openTalk(doctor, caseId, patient);
});
afterAll(() => api.close());

async function sent(name: string, bytes: Buffer): Promise<Attachment> {
  const params = { talkId };
  const upload = new File([Uint8Array.from(bytes)], name);
  const { id } = answer(await patient.client.upload('uploadTalkFile', { params }, upload));
  const [file] = answer(
    await patient.client.sendMessage({ params, body: { attachmentIds: [id] } }),
  ).attachments;
  if (!file) throw new Error('The message has no file.');
  return file;
}
const share = ({ id }: Attachment) => doctor.client.shareAttachment({ params: { attachmentId: id } });
const stop = async (caseAttachmentId: string) =>
  answer(await doctor.client.removeCaseAttachment({ params: { caseAttachmentId } }));
const throughCase = (id: string, headers: Record<string, string> = {}) =>
  ofNurse.fetch(`/v1/case-attachments/${id}/content`, { headers });
const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());
/** The file's row, and the one that is read through the case. */
async function stored(
  attachmentId: string,
): Promise<{ file: string; copy: string | null; owner: string | null }> {
  const { rows } = await api.sql.query<{ file: string; copy: string | null; owner: string | null }>(
    `select a.file_id as file, ca.copy_id as copy, f.key_owner_id as owner
     from attachments a left join case_attachments ca on ca.file_id = a.file_id and ca.removed_at is null
     left join files f on f.id = ca.copy_id where a.id = $1`,
    [attachmentId],
  );
  if (!rows[0]) throw new Error('There is no such file.');
  return rows[0];
}
async function kept(): Promise<Set<string>> {
  const keys = new Set<string>();
  for await (const key of api.deps.fileStore.keysBefore(new Date(Date.now() + 60_000))) keys.add(key);
  return keys;
}

describe('a shared picture', () => {
  test('says nobody on the case where it was taken; the talk keeps it as it was sent', async () => {
    const file = await sent('knee.jpg', photograph);
    const shared = answer(await share(file));
    expect(shared).toMatchObject({ withoutMetadata: true, mediaType: 'image/jpeg', name: 'knee.jpg' });
    const given = await bytesOf(await throughCase(shared.id));
    expect(given.includes(place)).toBe(false);
    expect((await sharp(given).metadata()).orientation).toBe(6);
    expect((await sharp(given).raw().toBuffer()).equals(await sharp(photograph).raw().toBuffer())).toBe(true);
    const original = await bytesOf(await ofDoctor.fetch(`/v1/attachments/${file.id}/content`));
    expect(original.equals(photograph)).toBe(true);
  });

  test('is a file of its own: its length, its hash and its parts are right', async () => {
    const shared = answer(await share(await sent('hand.jpg', photograph)));
    const whole = await throughCase(shared.id);
    const given = await bytesOf(whole);
    expect(shared.size).toBe(given.length);
    expect(given.length).toBeLessThan(photograph.length);
    const hash = createHash('sha256').update(given);
    expect(whole.headers.get('content-length')).toBe(String(given.length));
    expect(whole.headers.get('repr-digest')).toBe(`sha-256=:${hash.digest('base64')}:`);
    const part = await throughCase(shared.id, { range: 'bytes=10-99' });
    expect(part.status).toBe(206);
    expect((await bytesOf(part)).equals(given.subarray(10, 100))).toBe(true);
    expect((await throughCase(shared.id, { range: `bytes=${given.length}-` })).status).toBe(416);
  });

  test('is under the case’s key, and has a preview of its own', async () => {
    const file = await sent('foot.jpg', photograph);
    const shared = answer(await share(file));
    expect((await stored(file.id)).owner).toBe(caseId);
    expect(await previewOf(api, shared.id)).toBe('ready');
    const preview = await ofNurse.fetch(`/v1/case-attachments/${shared.id}/preview`);
    expect(await sharp(await bytesOf(preview)).metadata()).toMatchObject({ width: 48, height: 64 });
  });

  test('shared by twenty presses, or anew, has one copy', async () => {
    const file = await sent('arm.jpg', photograph);
    await previewOf(api, file.id);
    const before = await kept();
    await Promise.all(Array.from({ length: 20 }, async () => answer(await share(file))));
    const first = await stored(file.id);
    expect(first.copy).not.toBeNull();
    await previewOf(api, answer(await share(file)).id);
    const one = await kept();
    // The copy and its preview.
    expect([...one].filter((key) => !before.has(key))).toHaveLength(2);
    await stop(answer(await share(file)).id);
    const again = answer(await share(file));
    expect((await stored(file.id)).copy).toBe(first.copy);
    expect((await bytesOf(await throughCase(again.id))).includes(place)).toBe(false);
    expect(await kept()).toEqual(one);
  });

  test('that is damaged is not shared at all', async () => {
    const file = await sent('torn.jpg', damaged);
    await previewOf(api, file.id);
    const before = await kept();
    expect(outcome(await share(file))).toBe('picture-damaged');
    expect(await stored(file.id)).toMatchObject({ copy: null });
    expect(
      answer(await nurse.client.listCaseAttachments({ params: { caseId } })).data.map(({ name }) => name),
    ).not.toContain('torn.jpg');
    expect(await kept()).toEqual(before);
  });

  test('whose bytes are broken in the store is not shared, and leaves nothing', async () => {
    const file = await sent('lost.jpg', photograph);
    await previewOf(api, file.id);
    const { file: fileId } = await stored(file.id);
    await truncate(join(api.filesDir, 'files', fileId.slice(-4, -2), fileId.slice(-2), fileId), 100);
    const before = await kept();
    expect(outcome(await share(file))).toBe('internal');
    expect(await kept()).toEqual(before);
  });

  test.each([
    ['report.pdf', samples.pdf],
    ['walk.mp4', samples.mp4],
    ['scan.dcm', samples.dcm],
    ['old.bmp', samples.bmp],
  ])('other files go as they are: %s', async (name, bytes) => {
    const shared = answer(await share(await sent(name, bytes)));
    expect(shared).toMatchObject({ withoutMetadata: false, size: bytes.length });
    expect((await bytesOf(await throughCase(shared.id))).equals(bytes)).toBe(true);
  });
});
