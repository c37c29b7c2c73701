import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Attachment } from '@casetalk/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from './support/api.ts';
import { addCase, addClinician, addPatient, addPractice, openTalk, type Someone } from './support/people.ts';
import { type RawSession, rawSession } from './support/raw-session.ts';
import { answer, outcome } from './support/result.ts';
import { samples } from './support/sample-files.ts';
import { readZip } from './support/zip-reader.ts';

const note = Buffer.from('Knee, three weeks after.\n');

let api: TestApi;
let doctor: Someone;
let nurse: Someone;
let patient: Someone;
let ofDoctor: RawSession;
let ofNurse: RawSession;
let ofPatient: RawSession;

beforeAll(async () => {
  api = await startApi();
  const practice = await addPractice(api);
  doctor = await addClinician(api, practice);
  nurse = await addClinician(api, practice, 'staff');
  patient = await addPatient(api);
  ofDoctor = await rawSession(api, 'clinician', doctor.email);
  ofNurse = await rawSession(api, 'clinician', nurse.email);
  ofPatient = await rawSession(api, 'patient', patient.email);
});
afterAll(() => api.close());

/** A case and a talk of their own, so that what is in them is known. */
async function begin(): Promise<{ caseId: string; talkId: string }> {
  const caseId = await addCase(doctor, 'Ana Ruiz', nurse);
  return { caseId, talkId: await openTalk(doctor, caseId, patient) };
}
const fileOf = (name: string, bytes: Buffer): File => new File([Uint8Array.from(bytes)], name);
async function sent(talkId: string, name: string, bytes: Buffer, from = patient): Promise<Attachment> {
  const params = { talkId };
  const { id } = answer(await from.client.upload('uploadTalkFile', { params }, fileOf(name, bytes)));
  const [file] = answer(await from.client.sendMessage({ params, body: { attachmentIds: [id] } })).attachments;
  if (!file) throw new Error('The message has no file.');
  return file;
}
const talkZip = (session: RawSession, talkId: string, query = '', method = 'GET') =>
  session.fetch(`/v1/talks/${talkId}/archive/content${query}`, { method });
const caseZip = (session: RawSession, caseId: string) => session.fetch(`/v1/cases/${caseId}/archive/content`);
const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());
const setScan = (attachmentId: string, scan: string) =>
  api.sql.query(
    `update files set scan = $2, scan_due_at = now() + interval '1 hour'
     where id = (select file_id from attachments where id = $1)`,
    [attachmentId, scan],
  );
async function readers(id: string): Promise<string[]> {
  const { rows } = await api.sql.query<{ actor_id: string }>(
    `select actor_id from audit_events where resource_id = $1 and action like '%ttachment.downloaded' order by at`,
    [id],
  );
  return rows.map(({ actor_id }) => actor_id);
}

describe('all files of a talk', () => {
  test('come in one zip, whole and under their names, to both of its people', async () => {
    const { talkId } = await begin();
    await sent(talkId, 'Röntgen 膝.png', samples.png);
    await sent(talkId, 'note.txt', note);
    await sent(talkId, 'NOTE.txt', Buffer.from('Another.\n'), doctor);
    for (const [session, person] of [
      [ofDoctor, doctor],
      [ofPatient, patient],
    ] as const) {
      expect(answer(await person.client.getTalkArchive({ params: { talkId } }))).toEqual({
        files: 3,
        size: samples.png.length + note.length + 9,
        leftOut: 0,
      });
      const response = await talkZip(session, talkId);
      const zip = await bytesOf(response);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'application/zip',
        'content-length': String(zip.length),
        'content-disposition': expect.stringMatching(
          /^attachment; filename="Files of a talk [\d-]{10}\.zip"$/,
        ),
        'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
        'cross-origin-resource-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, no-store',
      });
      expect(readZip(zip)).toEqual([
        { name: 'Röntgen 膝.png', content: samples.png, isUtf8: true },
        { name: 'note.txt', content: note, isUtf8: true },
        { name: 'NOTE (2).txt', content: Buffer.from('Another.\n'), isUtf8: true },
      ]);
    }
  });

  test('are each recorded as read, by who read them', async () => {
    const { talkId } = await begin();
    const files = [await sent(talkId, 'a.txt', note), await sent(talkId, 'b.txt', note)];
    await bytesOf(await talkZip(ofDoctor, talkId));
    for (const { id } of files) expect(await readers(id)).toEqual([doctor.id]);
    const head = await talkZip(ofPatient, talkId, '', 'HEAD');
    expect([head.status, Number(head.headers.get('content-length')) > 0]).toEqual([200, true]);
    answer(await patient.client.getTalkArchive({ params: { talkId } }));
    for (const { id } of files) expect(await readers(id)).toEqual([doctor.id]);
  });

  test('that must not be opened are named in a note, in the reader’s language', async () => {
    const { talkId } = await begin();
    await sent(talkId, 'No incluidos.txt', note);
    await setScan((await sent(talkId, 'bad.txt', note)).id, 'infected');
    const waiting = await sent(talkId, 'new.txt', note);
    await setScan(waiting.id, 'checking');
    expect(answer(await patient.client.getTalkArchive({ params: { talkId } }))).toEqual({
      files: 1,
      size: note.length,
      leftOut: 2,
    });
    const response = await talkZip(ofPatient, talkId, '?language=es');
    expect(response.headers.get('content-disposition')).toContain('Archivos');
    const [file, told] = readZip(await bytesOf(response));
    expect(file).toMatchObject({ name: 'No incluidos (2).txt', content: note });
    expect(told?.name).toBe('No incluidos.txt');
    expect(told?.content.toString()).toBe(
      '\uFEFFEstos archivos no están incluidos:\r\n\r\n- bad.txt: contiene un virus\r\n- new.txt: todavía se está revisando por virus\r\n',
    );
    expect(await readers(waiting.id)).toEqual([]);
  });

  test('are no zip when there is none, and never what is not sent yet', async () => {
    const { talkId } = await begin();
    const params = { talkId };
    answer(await patient.client.upload('uploadTalkFile', { params }, fileOf('waiting.txt', note)));
    expect(answer(await patient.client.getTalkArchive({ params }))).toMatchObject({ files: 0, leftOut: 0 });
    expect(outcome(await patient.client.download('downloadTalkArchive', { params }))).toBe('state-conflict');
    await sent(talkId, 'sent.txt', note);
    expect(readZip(await bytesOf(await talkZip(ofPatient, talkId))).map(({ name }) => name)).toEqual([
      'sent.txt',
    ]);
  });

  test('open with the programs that people have', async () => {
    const { talkId } = await begin();
    const video = randomBytes(3_000_000);
    await sent(talkId, 'ñandú.zip', Buffer.concat([samples.zip, video]));
    await sent(talkId, 'a.txt', note);
    const folder = await mkdtemp(join(tmpdir(), 'casetalk-zip-'));
    try {
      const path = join(folder, 'all.zip');
      await writeFile(path, await bytesOf(await talkZip(ofPatient, talkId)));
      const program =
        'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), sorted(z.namelist()))';
      const tested = await promisify(execFile)('python3', ['-X', 'utf8', '-c', program, path]).catch(
        (error: NodeJS.ErrnoException) => {
          // Not on every machine.
          if (error.code === 'ENOENT') return undefined;
          throw error;
        },
      );
      expect(tested?.stdout.trim() ?? "None ['a.txt', 'ñandú.zip']").toBe("None ['a.txt', 'ñandú.zip']");
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('all Attachments of a case', () => {
  test('come to everyone on it, pictures without their metadata', async () => {
    const { caseId, talkId } = await begin();
    const params = { caseId };
    answer(await nurse.client.upload('uploadCaseAttachment', { params }, fileOf('plan.pdf', samples.pdf)));
    const picture = await sent(talkId, 'knee.png', samples.png);
    const shared = answer(await doctor.client.shareAttachment({ params: { attachmentId: picture.id } }));
    const gone = await sent(talkId, 'gone.txt', note);
    const stopped = answer(await doctor.client.shareAttachment({ params: { attachmentId: gone.id } }));
    answer(await doctor.client.removeCaseAttachment({ params: { caseAttachmentId: stopped.id } }));

    expect(answer(await nurse.client.getCaseArchive({ params }))).toEqual({
      files: 2,
      size: samples.pdf.length + shared.size,
      leftOut: 0,
    });
    const response = await caseZip(ofNurse, caseId);
    expect(response.headers.get('content-disposition')).toContain('Attachments of a case');
    const files = readZip(await bytesOf(response));
    expect(files.map(({ name }) => name)).toEqual(['plan.pdf', 'knee.png']);
    expect(files[1]?.content.length).toBe(shared.size);
    expect(await readers(shared.id)).toEqual([nurse.id]);
    expect(await readers(picture.id)).toEqual([]);
  });
});

describe('a zip under way', () => {
  /** Reads with care, and has something happen once the first bytes are there. */
  async function slowly(session: RawSession, path: string, meanwhile: () => Promise<unknown>) {
    return new Promise<{ received: number; promised: number }>((resolve, reject) => {
      const asked = request(`${api.url}${path}`, { headers: session.headers() }, (response) => {
        let received = 0;
        response.once('data', () => void meanwhile().catch(reject));
        response.on('data', (part: Buffer) => {
          received += part.length;
          response.pause();
          setTimeout(() => response.resume(), 10);
        });
        // A connection that is cut is one.
        response.on('error', () => undefined);
        response.on('close', () =>
          resolve({ received, promised: Number(response.headers['content-length']) }),
        );
      });
      asked.on('error', reject);
      asked.end();
    });
  }
  const large = Buffer.concat([samples.zip, randomBytes(24_000_000)]);

  test.each([
    [
      'leaves the case',
      async (caseId: string, leaving: Someone) =>
        answer(await doctor.client.removeCaseMember({ params: { caseId, clinicianId: leaving.id } })),
    ],
    [
      'signs out',
      async (_: string, leaving: Someone, session: RawSession) => {
        const ended = await session.fetch('/v1/sessions/current', { method: 'DELETE' });
        expect(ended.status).toBe(204);
        expect(leaving.id).not.toBe(doctor.id);
      },
    ],
  ])('is cut when its reader %s, and what follows is not read', async (_, end) => {
    const { caseId } = await begin();
    const leaving = await addClinician(api, await addPractice(api, 'Hill Clinic'));
    answer(await doctor.client.addCaseMember({ params: { caseId, clinicianId: leaving.id } }));
    const add = async (name: string, bytes: Buffer) =>
      answer(await doctor.client.upload('uploadCaseAttachment', { params: { caseId } }, fileOf(name, bytes)));
    await add('large.zip', large);
    const second = await add('second.txt', note);
    const session = await rawSession(api, 'clinician', leaving.email);
    const path = `/v1/cases/${caseId}/archive/content`;
    const seen = await slowly(session, path, () => end(caseId, leaving, session));
    expect(seen.received).toBeGreaterThan(0);
    expect(seen.received).toBeLessThan(seen.promised);
    expect(await readers(second.id)).toEqual([]);
  });

  test('that its reader gives up ends what is being read', async () => {
    const { talkId } = await begin();
    await sent(talkId, 'large.zip', large);
    const second = await sent(talkId, 'second.txt', note);
    const path = `/v1/talks/${talkId}/archive/content`;
    await new Promise<void>((resolve, reject) => {
      const asked = request(`${api.url}${path}`, { headers: ofPatient.headers() }, (response) => {
        response.on('error', () => undefined);
        response.once('data', () => asked.destroy());
      });
      asked.once('close', resolve);
      asked.once('error', reject);
      asked.end();
    });
    await bytesOf(await talkZip(ofDoctor, talkId));
    expect(await readers(second.id)).toEqual([doctor.id]);
  });
});
