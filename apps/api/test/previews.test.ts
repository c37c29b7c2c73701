import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Attachment } from '@casetalk/contract';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from './support/api.ts';
import { addCase, addClinician, addPatient, addPractice, openTalk, type Someone } from './support/people.ts';
import { previewOf } from './support/previews.ts';
import { rawSession } from './support/raw-session.ts';
import { answer, outcome } from './support/result.ts';
import { samples } from './support/sample-files.ts';
import type { SamplePicture } from './support/sample-bitmaps.ts';
import { samplePictures } from './support/sample-pictures.ts';
import { sendByTus } from './support/tus.ts';

let api: TestApi;
let doctor: Someone;
let colleague: Someone;
let patient: Someone;
let stranger: Someone;
let caseId: string;
let talkId: string;
let pictures: SamplePicture[];

beforeAll(async () => {
  api = await startApi();
  pictures = await samplePictures();
  const practice = await addPractice(api);
  doctor = await addClinician(api, practice);
  colleague = await addClinician(api, practice);
  stranger = await addClinician(api, await addPractice(api, 'Cedar Hill Specialists'));
  patient = await addPatient(api);
  caseId = await addCase(doctor, 'Ana Ruiz', colleague);
  talkId = await openTalk(doctor, caseId, patient);
});
afterAll(() => api.close());

const sample = (name: string): SamplePicture => {
  const found = pictures.find((picture) => picture.name === name);
  if (!found) throw new Error(`There is no sample ${name}.`);
  return found;
};
async function sent(name: string, bytes: Buffer): Promise<Attachment> {
  const waiting = answer(
    await patient.client.upload(
      'uploadTalkFile',
      { params: { talkId } },
      new File([Uint8Array.from(bytes)], name),
    ),
  );
  answer(await patient.client.sendMessage({ params: { talkId }, body: { attachmentIds: [waiting.id] } }));
  return waiting;
}
const look = ({ client }: Someone, attachmentId: string) =>
  client.download('previewAttachment', { params: { attachmentId } });
const asRead = async (who: Someone, id: string): Promise<Attachment | undefined> =>
  answer(await who.client.listMessages({ params: { talkId } }))
    .data.flatMap(({ attachments }) => attachments)
    .find((attachment) => attachment.id === id);

describe('a preview', () => {
  test('is on its way when the file arrives, then ready, and both people of the talk get it', async () => {
    const { bytes } = sample('tiff, three pages');
    const file = await sent('series.tiff', bytes);
    expect(file).toMatchObject({ preview: 'making', pages: null });
    expect(await previewOf(api, file.id)).toBe('ready');
    for (const who of [doctor, patient]) {
      expect(await asRead(who, file.id)).toMatchObject({ preview: 'ready', pages: 3 });
      const blob = answer(await look(who, file.id));
      expect(blob.type).toBe('image/webp');
      const facts = await sharp(Buffer.from(await blob.arrayBuffer())).metadata();
      expect(facts).toMatchObject({ width: 61, height: 48 });
    }
  });

  test('is the same as absent for everybody else, and recorded like a download', async () => {
    const file = await sent('knee.bmp', sample('bmp, RLE8').bytes);
    expect(await previewOf(api, file.id)).toBe('ready');
    for (const who of [stranger, colleague]) expect(outcome(await look(who, file.id))).toBe('not-found');
    answer(await look(doctor, file.id));
    const { rows } = await api.sql.query(
      `select actor_id from audit_events where action = 'attachment.downloaded' and resource_id = $1`,
      [file.id],
    );
    expect(rows).toEqual([{ actor_id: doctor.id }]);
  });

  test('of a shared file is for everyone on the case, and ends with the sharing', async () => {
    const file = await sent('scan.png', sample('png, 16 bit').bytes);
    await previewOf(api, file.id);
    const share = answer(await doctor.client.shareAttachment({ params: { attachmentId: file.id } }));
    expect(share).toMatchObject({ preview: 'making', withoutMetadata: true });
    expect(await previewOf(api, share.id)).toBe('ready');
    const open = (who: Someone) =>
      who.client.download('previewCaseAttachment', { params: { caseAttachmentId: share.id } });
    expect(outcome(await open(colleague))).toBe('ok');
    expect(outcome(await open(stranger))).toBe('not-found');
    answer(await doctor.client.removeCaseAttachment({ params: { caseAttachmentId: share.id } }));
    expect(outcome(await open(colleague))).toBe('not-found');
  });

  test('leaves under headers that let a browser run nothing of it', async () => {
    const file = await sent('knee.heic', sample('heic').bytes);
    await previewOf(api, file.id);
    const session = await rawSession(api, 'clinician', doctor.email);
    const response = await session.fetch(`/v1/attachments/${file.id}/preview`);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/webp',
      'content-disposition': 'attachment; filename=knee.heic.webp',
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    });
  });

  test('is made of a file that came in parts, too', async () => {
    const session = await rawSession(api, 'patient', patient.email);
    const file = { name: 'letter.pdf', content: sample('pdf, three pages').bytes };
    const id = await sendByTus(`${api.url}/v1/talks/${talkId}/resumable-uploads`, session, file, 1024 * 1024);
    const { attachment } = answer(
      await patient.client.getResumableUpload({ params: { resumableUploadId: id } }),
    );
    if (!attachment) throw new Error('The upload became no file.');
    expect(await previewOf(api, attachment.id)).toBe('ready');
    const listed = answer(await patient.client.listTalkUploads({ params: { talkId } })).data;
    expect(listed.find((one) => one.id === attachment.id)).toMatchObject({ preview: 'ready', pages: 3 });
    expect(outcome(await look(patient, attachment.id))).toBe('ok');
  });

  test('is sealed as its file is', async () => {
    const file = await sent('sealed.png', sample('png').bytes);
    await previewOf(api, file.id);
    const blob = answer(await look(patient, file.id));
    const plain = Buffer.from(await blob.arrayBuffer());
    const entries = await readdir(api.filesDir, { recursive: true, withFileTypes: true });
    const stored = await Promise.all(
      entries.filter((entry) => entry.isFile()).map((entry) => readFile(join(entry.parentPath, entry.name))),
    );
    expect(stored.length).toBeGreaterThan(1);
    expect(stored.some((bytes) => bytes.includes(plain.subarray(8, 40)))).toBe(false);
  });

  test('goes with a file that is removed before it is sent', async () => {
    const upload = new File([Uint8Array.from(sample('gif, animated').bytes)], 'a.gif');
    const file = answer(await patient.client.upload('uploadTalkFile', { params: { talkId } }, upload));
    expect(await previewOf(api, file.id)).toBe('ready');
    const { rows } = await api.sql.query<{ preview_id: string }>(
      'select preview_id from files where id = (select file_id from attachments where id = $1)',
      [file.id],
    );
    const keys = async (): Promise<string[]> => {
      const found: string[] = [];
      for await (const key of api.deps.fileStore.keysBefore(new Date(Date.now() + 60_000))) found.push(key);
      return found;
    };
    expect(await keys()).toContain(rows[0]?.preview_id);
    answer(await patient.client.removeTalkUpload({ params: { attachmentId: file.id } }));
    expect(await keys()).not.toContain(rows[0]?.preview_id);
  });
});

describe('without a preview', () => {
  test.each([
    ['a picture that is cut', 'cut.jpg', samples.jpg],
    ['a bitmap that declares more than it has', 'cut.bmp', samples.bmp.subarray(0, 60)],
  ])('%s is still downloaded', async (_, name, bytes) => {
    const file = await sent(name, Buffer.from(bytes));
    expect(await previewOf(api, file.id)).toBe('none');
    expect(await asRead(doctor, file.id)).toMatchObject({ preview: 'none', pages: null });
    expect(outcome(await look(doctor, file.id))).toBe('not-found');
    expect(
      outcome(await doctor.client.download('downloadAttachment', { params: { attachmentId: file.id } })),
    ).toBe('ok');
  });

  test('is a text from the beginning', async () => {
    expect(await sent('notes.txt', samples.txt)).toMatchObject({ preview: 'none', pages: null });
  });

  test('is a file that was begun too often', async () => {
    const file = await sent('worn.png', sample('png').bytes);
    await previewOf(api, file.id);
    const its = 'id = (select file_id from attachments where id = $1)';
    await api.sql.query(
      `update files set preview = 'making', preview_tries = 5, preview_due_at = now() - interval '1 minute' where ${its}`,
      [file.id],
    );
    expect(outcome(await look(doctor, file.id))).toBe('preview-not-ready');
    // The next file wakes whoever looks.
    await sent('next.txt', samples.txt);
    expect(await previewOf(api, file.id)).toBe('none');
  });
});
