import { randomBytes, randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import type { Attachment } from '@casetalk/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from './support/api.ts';
import { addCase, addClinician, addPatient, addPractice, openTalk, type Someone } from './support/people.ts';
import { rawSession } from './support/raw-session.ts';
import { answer, outcome } from './support/result.ts';
import { hostile, samples } from './support/sample-files.ts';

let api: TestApi;
let doctor: Someone;
let colleague: Someone;
let outsider: Someone;
let patient: Someone;
let otherPatient: Someone;
let caseId: string;
let talkId: string;

beforeAll(async () => {
  api = await startApi();
  const practice = await addPractice(api);
  doctor = await addClinician(api, practice);
  colleague = await addClinician(api, practice);
  outsider = await addClinician(api, await addPractice(api, 'Bay View Clinic'));
  patient = await addPatient(api);
  otherPatient = await addPatient(api, 'Walter Boone');
  caseId = await addCase(doctor, 'Ana Ruiz', colleague);
  talkId = await openTalk(doctor, caseId, patient);
});
afterAll(() => api.close());

const fileOf = (name: string, content: Buffer): File => new File([Uint8Array.from(content)], name);
// Nothing is drawn of a zip: bytes in the store come and go with what the tests do alone.
const upload = (from: Someone, name: string, content: Buffer = samples.zip, idempotencyKey = randomUUID()) =>
  from.client.upload('uploadTalkFile', { params: { talkId } }, fileOf(name, content), { idempotencyKey });
const removeAll = async (from: Someone) => {
  for (const { id } of answer(await from.client.listTalkUploads({ params: { talkId } })).data) {
    answer(await from.client.removeTalkUpload({ params: { attachmentId: id } }));
  }
};
const send = async (from: Someone, ...files: Attachment[]) =>
  answer(
    await from.client.sendMessage({
      params: { talkId },
      body: { text: 'Here', attachmentIds: files.map(({ id }) => id) },
    }),
  );
const download = (viewer: Someone, attachmentId: string, range?: string) =>
  viewer.client.download('downloadAttachment', { params: { attachmentId } }, range ? { range } : {});
/** Every file below the store's folder. */
const bytesOnDisk = async (): Promise<number> =>
  (await readdir(api.filesDir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
    .length;
const audits = async (action: string, resourceId: string): Promise<number> => {
  const { rows } = await api.sql.query<{ count: number }>(
    'select count(*)::int from audit_events where action = $1 and resource_id = $2',
    [action, resourceId],
  );
  return rows[0]?.count ?? 0;
};

describe('an upload', () => {
  test('is its uploader’s alone until a message sends it', async () => {
    const content = randomBytes(700_000);
    const file = answer(await upload(patient, 'export.zip', Buffer.concat([samples.zip, content])));
    expect(file).toMatchObject({ name: 'export.zip', kind: 'archive', sentBy: 'patient', messageId: null });
    expect(file.abilities).toEqual({ share: false, stopSharing: false, remove: true });
    expect(outcome(await download(doctor, file.id))).toBe('not-found');
    expect(outcome(await download(patient, file.id))).toBe('ok');
    expect(answer(await doctor.client.listTalkUploads({ params: { talkId } })).data).toEqual([]);

    const message = await send(patient, file);
    expect(message.attachments.map(({ id }) => id)).toEqual([file.id]);
    const [seen] =
      answer(await doctor.client.listMessages({ params: { talkId } })).data[0]?.attachments ?? [];
    expect(seen).toMatchObject({ id: file.id, messageId: message.id });
    expect(seen?.abilities).toEqual({ share: true, stopSharing: false, remove: false });
    const blob = answer(await download(doctor, file.id));
    expect(Buffer.from(await blob.arrayBuffer())).toEqual(Buffer.concat([samples.zip, content]));
    expect(await audits('attachment.uploaded', file.id)).toBe(1);
    expect(await audits('attachment.downloaded', file.id)).toBe(2);
  });

  test('sent again with its key is the same file, also by twenty at once', async () => {
    const before = await bytesOnDisk();
    const key = randomUUID();
    const results = await Promise.all(
      Array.from({ length: 20 }, () => upload(patient, 'knee.zip', samples.zip, key)),
    );
    expect(new Set(results.map((result) => answer(result).id)).size).toBe(1);
    expect(await bytesOnDisk()).toBe(before + 1);
    await removeAll(patient);
    expect(await bytesOnDisk()).toBe(before);
  });

  test('that is sent can no longer be removed, and nobody removes another’s', async () => {
    const sent = answer(await upload(patient, 'a.zip'));
    const waiting = answer(await upload(patient, 'b.zip'));
    await send(patient, sent);
    const remove = async ({ client }: Someone, { id }: Attachment) =>
      outcome(await client.removeTalkUpload({ params: { attachmentId: id } }));
    expect(await remove(patient, sent)).toBe('state-conflict');
    expect(await remove(doctor, waiting)).toBe('not-found');
    expect(await remove(otherPatient, waiting)).toBe('not-found');
    expect(await remove(patient, waiting)).toBe('ok');
    expect(await remove(patient, waiting)).toBe('not-found');
  });

  test('by somebody who has no such talk is refused like a talk that does not exist', async () => {
    for (const stranger of [colleague, outsider, otherPatient]) {
      expect(outcome(await upload(stranger, 'a.zip'))).toBe('not-found');
      expect(outcome(await stranger.client.listTalkUploads({ params: { talkId } }))).toBe('not-found');
    }
  });

  test('may wait beside nineteen others and no more', async () => {
    const results = [];
    for (let count = 0; count < 21; count += 1) results.push(outcome(await upload(patient, 'a.zip')));
    expect(results).toEqual([...Array<string>(20).fill('ok'), 'too-many-files']);
    await removeAll(patient);
  });

  test('is refused in a closed case', async () => {
    await api.sql.query(`update cases set status = 'closed' where id = $1`, [caseId]);
    expect(outcome(await upload(patient, 'a.zip'))).toBe('state-conflict');
    await api.sql.query(`update cases set status = 'open' where id = $1`, [caseId]);
  });
});

describe('what is refused leaves no bytes', () => {
  test.each([
    ['empty.png', Buffer.alloc(0), 'file-empty'],
    ['page.html', hostile.html, 'file-type-refused'],
    ['drawing.svg', hostile.svg, 'file-type-refused'],
    ['page.txt', hostile.html, 'file-type-refused'],
    ['picture.png', hostile.svg, 'file-type-refused'],
    ['picture.png', samples.jpg, 'file-type-refused'],
    ['report.docx', hostile.macros, 'file-type-refused'],
    ['long.png', Buffer.concat([hostile.exe, randomBytes(3_000_000)]), 'file-type-refused'],
  ])('%s', async (name, content, code) => {
    const before = await bytesOnDisk();
    const result = await upload(patient, name, content);
    expect(outcome(result)).toBe(code);
    expect(await bytesOnDisk()).toBe(before);
    // The connection is in order again: the next request on it is answered.
    expect(outcome(await patient.client.getMe())).toBe('ok');
  });

  test('another body than one file', async () => {
    const before = await bytesOnDisk();
    const session = await rawSession(api, 'patient', patient.email);
    const post = async (body: FormData | string, headers: Record<string, string> = {}) => {
      const response = await session.fetch(`/v1/talks/${talkId}/uploads`, {
        method: 'POST',
        body,
        headers: { 'idempotency-key': randomUUID(), ...headers },
      });
      return ((await response.json()) as { code?: string }).code;
    };
    const form = (...names: string[]): FormData => {
      const data = new FormData();
      for (const name of names) data.append(name, fileOf('a.zip', samples.zip));
      return data;
    };
    expect(await post(form('picture'))).toBe('invalid-request');
    expect(await post(form('file', 'file'))).toBe('too-many-files');
    expect(await post(form())).toBe('invalid-request');
    const field = form('file');
    field.append('case', 'x');
    expect(await post(field)).toBe('invalid-request');
    expect(await post('{}', { 'content-type': 'application/json' })).toBe('unsupported-media-type');
    expect(await post('<a/>', { 'content-type': 'text/xml' })).toBe('unsupported-media-type');
    expect(await bytesOnDisk()).toBe(before);
  });
});

describe('names', () => {
  test.each([
    'plain.zip',
    'two words.zip',
    'レントゲン.zip',
    'a"quote".zip',
    "it's 100% done; really.zip",
    'semi;colon=x.zip',
    'née – “été”.zip',
    'family 👩‍⚕️.zip',
    '.zip.zip',
    `${'x'.repeat(251)}.zip`,
  ])('%s comes back as it was', async (name) => {
    const file = answer(await upload(patient, name));
    expect(file.name).toBe(name);
    const result = await download(patient, file.id);
    if (!result.ok) throw new Error('no download');
    const disposition = result.headers.get('content-disposition') ?? '';
    expect(disposition).toMatch(/^attachment; filename/);
    const extended = /filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1];
    const plain = /filename="((?:\\.|[^"])*)"|filename=([^;]+)/.exec(disposition);
    const seen = extended
      ? decodeURIComponent(extended)
      : (plain?.[1]?.replaceAll(/\\(.)/g, '$1') ?? plain?.[2]);
    expect(seen).toBe(name);
    expect(result.headers.get('set-cookie')).toBeNull();
    await removeAll(patient);
  });

  test('that would lead elsewhere lead nowhere', async () => {
    for (const name of [
      '../../../escape.zip',
      '/etc/escape.zip',
      '..\\escape.zip',
      'a\r\nX-Evil: 1\r\nescape.zip',
    ]) {
      const file = answer(await upload(patient, name));
      expect(file.name).toMatch(/escape\.zip$/);
      expect(file.name).not.toMatch(/[/\\\r\n]/);
    }
    expect(await readdir(api.filesDir)).toEqual(expect.arrayContaining(['files', 'incoming']));
    expect(await readdir(api.filesDir)).toHaveLength(2);
    await removeAll(patient);
  });
});
