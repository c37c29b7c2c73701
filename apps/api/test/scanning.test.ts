import type { Attachment } from '@casetalk/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ClamdStandIn, startClamdStandIn } from '@casetalk/local-stack';
import { startApi, type TestApi } from './support/api.ts';
import { addCase, addClinician, addPatient, addPractice, openTalk, type Someone } from './support/people.ts';
import { previewOf } from './support/previews.ts';
import { answer, outcome } from './support/result.ts';
import { samples } from './support/sample-files.ts';
import { listen } from './support/stream.ts';

let api: TestApi;
let clamd: ClamdStandIn;
let doctor: Someone;
let staff: Someone;
let patient: Someone;
let caseId: string;
let talkId: string;
/** What clamd answers to the files that follow, and what it has been shown. */
let verdict: (file: Buffer) => string | Promise<string>;
let shown: Buffer[];

beforeAll(async () => {
  clamd = await startClamdStandIn((file) => {
    shown.push(file);
    return verdict(file);
  });
  api = await startApi({ CLAMD_ADDRESS: clamd.address });
  doctor = await addClinician(api, await addPractice(api));
  staff = await addClinician(api, await addPractice(api, 'Bay View Clinic'), 'staff');
  patient = await addPatient(api);
  caseId = await addCase(doctor, 'Ana Ruiz', staff);
  talkId = await openTalk(doctor, caseId, patient);
});
beforeEach(() => {
  shown = [];
  verdict = () => 'stream: OK';
});
afterAll(async () => {
  await api.close();
  await clamd.close();
});

const png = (): File => new File([Uint8Array.from(samples.png)], 'knee.png');
async function sent(): Promise<Attachment> {
  const params = { talkId };
  const { id } = answer(await patient.client.upload('uploadTalkFile', { params }, png()));
  const message = answer(await patient.client.sendMessage({ params, body: { attachmentIds: [id] } }));
  const [attachment] = message.attachments;
  if (!attachment) throw new Error('The message has no file.');
  return attachment;
}
async function scanOf(attachmentId: string): Promise<string | undefined> {
  const { data } = answer(await doctor.client.listMessages({ params: { talkId } }));
  return data.flatMap(({ attachments }) => attachments).find(({ id }) => id === attachmentId)?.scan;
}
/** Where the preview of a file stands. */
async function drawn(attachmentId: string): Promise<string | undefined> {
  const { rows } = await api.sql.query<{ preview: string }>(
    'select preview from files where id = (select file_id from attachments where id = $1)',
    [attachmentId],
  );
  return rows[0]?.preview;
}
const settled = (attachmentId: string, scan: string) =>
  expect.poll(() => scanOf(attachmentId), { timeout: 10_000 }).toBe(scan);
const download = (by: Someone, attachmentId: string) =>
  by.client.download('downloadAttachment', { params: { attachmentId } });
const look = (by: Someone, attachmentId: string) =>
  by.client.download('previewAttachment', { params: { attachmentId } });
/** Has the next try come now, which people would wait half a minute for. */
const hurry = () =>
  api.sql.query(`update files set scan_due_at = now() where scan_due_at > now() and scan = 'checking'`);

describe('a file of a talk', () => {
  test('is nobody’s to open or share until the scanner has answered, and then is told of live', async () => {
    const held = Promise.withResolvers<string>();
    verdict = () => held.promise;
    const file = await sent();
    expect(file.scan).toBe('checking');
    for (const someone of [doctor, patient]) {
      expect(outcome(await download(someone, file.id))).toBe('file-checking');
      expect(outcome(await look(someone, file.id))).toBe('file-checking');
    }
    expect(await drawn(file.id)).toBe('making');
    expect(outcome(await doctor.client.shareAttachment({ params: { attachmentId: file.id } }))).not.toBe(
      'ok',
    );
    const stream = await listen(doctor.client);
    held.resolve('stream: OK');
    await stream.heard((event) => event.type === 'talk.changed' && event.talkId === talkId);
    stream.close();
    expect(await scanOf(file.id)).toBe('clean');
    expect(shown).toEqual([samples.png]);
    expect(outcome(await download(doctor, file.id))).toBe('ok');
    expect(await previewOf(api, file.id)).toBe('ready');
    expect(outcome(await look(doctor, file.id))).toBe('ok');
    expect(outcome(await doctor.client.shareAttachment({ params: { attachmentId: file.id } }))).toBe('ok');
  });

  test('in which something was found never leaves again, and cannot be shared', async () => {
    verdict = () => 'stream: Local.Test FOUND';
    const file = await sent();
    await settled(file.id, 'infected');
    for (const someone of [doctor, patient]) {
      expect(outcome(await download(someone, file.id))).toBe('not-found');
      expect(outcome(await look(someone, file.id))).toBe('not-found');
    }
    expect(await drawn(file.id)).toBe('none');
    expect(outcome(await doctor.client.shareAttachment({ params: { attachmentId: file.id } }))).not.toBe(
      'ok',
    );
  });

  test.each(['stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND', 'stream: Broken ERROR', ''])(
    'stays closed while the scanner says “%s”, and is scanned again later',
    async (words) => {
      verdict = () => words;
      const file = await sent();
      await expect.poll(() => shown.length, { timeout: 10_000 }).toBeGreaterThan(0);
      expect(outcome(await download(doctor, file.id))).toBe('file-checking');
      verdict = () => 'stream: OK';
      await expect
        .poll(
          async () => {
            await hurry();
            return scanOf(file.id);
          },
          { timeout: 20_000 },
        )
        .toBe('clean');
    },
  );
});

describe('a file of a case', () => {
  test('is opened by everyone on it once the scanner has found nothing', async () => {
    const held = Promise.withResolvers<string>();
    verdict = () => held.promise;
    const { id } = answer(await doctor.client.upload('uploadCaseAttachment', { params: { caseId } }, png()));
    const open = () => staff.client.download('downloadCaseAttachment', { params: { caseAttachmentId: id } });
    expect(outcome(await open())).toBe('file-checking');
    held.resolve('stream: OK');
    await expect.poll(async () => outcome(await open()), { timeout: 10_000 }).toBe('ok');
  });
});

test('a file whose scan a dead process began is scanned by the next one', async () => {
  const held = Promise.withResolvers<string>();
  verdict = () => held.promise;
  const file = await sent();
  await expect.poll(() => shown.length, { timeout: 10_000 }).toBe(1);
  held.resolve('');
  verdict = () => 'stream: OK';
  await expect
    .poll(
      async () => {
        await hurry();
        return scanOf(file.id);
      },
      { timeout: 20_000 },
    )
    .toBe('clean');
});
