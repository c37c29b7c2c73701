import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWorld, type World } from './access/world.ts';

const privateTables = ['talks', 'messages', 'attachments', 'talk_read_states'] as const;
const caseTables = ['case_attachments', 'doctor_talk_messages'] as const;

let world: World;
let app: pg.Client;

beforeAll(async () => {
  world = await buildWorld();
  await world.sharedFile();
  await world.A.client.markTalkRead({
    params: { talkId: world.talkId },
    body: { messageId: world.messageId },
  });
  app = new pg.Client({ connectionString: world.api.deps.settings.DATABASE_URL });
  await app.connect();
});
afterAll(async () => {
  await app.end();
  await world.api.close();
});

/** How many rows of a table the API's own login sees while it acts for somebody, with no filter at all in the query. */
async function rowsSeen(
  table: string,
  viewer?: { kind: 'clinician' | 'patient'; id: string },
): Promise<number> {
  await app.query('begin');
  try {
    if (viewer) {
      await app.query(`select set_config('role', $1, true), set_config('app.viewer', $2, true)`, [
        `casetalk_${viewer.kind}`,
        viewer.id,
      ]);
    }
    const { rows } = await app.query<{ count: string }>(`select count(*) from ${pg.escapeIdentifier(table)}`);
    return Number(rows[0]?.count);
  } finally {
    await app.query('rollback');
  }
}

describe('row-level security, without any help of the queries', () => {
  test.each(privateTables)('%s: its clinician and its patient see rows, a colleague none', async (table) => {
    expect(await rowsSeen(table, { kind: 'clinician', id: world.A.id })).toBeGreaterThan(0);
    expect(await rowsSeen(table, { kind: 'patient', id: world.P1.id })).toBeGreaterThan(0);
    expect(await rowsSeen(table, { kind: 'clinician', id: world.S.id })).toBe(0);
    // The same id on the other side is nobody.
    expect(await rowsSeen(table, { kind: 'patient', id: world.A.id })).toBe(0);
  });

  test.each(caseTables)('%s: everyone on the case sees rows, a stranger none', async (table) => {
    expect(await rowsSeen(table, { kind: 'clinician', id: world.S.id })).toBeGreaterThan(0);
    expect(await rowsSeen(table, { kind: 'clinician', id: crypto.randomUUID() })).toBe(0);
  });

  test.each([...privateTables, ...caseTables])(
    '%s: nothing at all for a session that acts for nobody',
    async (table) => {
      await expect(rowsSeen(table)).rejects.toMatchObject({ code: '42501' });
      expect(await rowsSeen(table, { kind: 'clinician', id: '' })).toBe(0);
    },
  );

  test('resumable_uploads: an unfinished upload is its owner’s, and nobody else’s', async () => {
    await world.unfinishedUpload();
    expect(await rowsSeen('resumable_uploads', { kind: 'patient', id: world.P1.id })).toBe(1);
    expect(await rowsSeen('resumable_uploads', { kind: 'clinician', id: world.A.id })).toBe(0);
    expect(await rowsSeen('resumable_uploads', { kind: 'clinician', id: world.P1.id })).toBe(0);
    await expect(rowsSeen('resumable_uploads')).rejects.toMatchObject({ code: '42501' });
  });

  test('the doctor talk is closed to patients as a table', async () => {
    const asPatient = rowsSeen('doctor_talk_messages', { kind: 'patient', id: world.P1.id });
    await expect(asPatient).rejects.toMatchObject({ code: '42501' });
  });
});

describe('the queries, without any help of row-level security', () => {
  beforeAll(async () => {
    for (const table of [...privateTables, ...caseTables, 'resumable_uploads']) {
      await world.api.sql.query(`alter table ${pg.escapeIdentifier(table)} disable row level security`);
    }
  });

  test('a colleague on the case finds no talk of the other', async () => {
    const { client } = world.S;
    const { talkId, messageId } = world;
    const attachmentId = await world.patientFile(true);
    const params = { talkId };
    const answers = await Promise.all([
      client.getTalk({ params }),
      client.listMessages({ params }),
      client.sendMessage({ params, body: { text: 'Hello' } }),
      client.markTalkRead({ params, body: { messageId } }),
      client.listTalkUploads({ params }),
      client.listTalkResumableUploads({ params }),
      client.upload('uploadTalkFile', { params }, new File(['x'], 'x.txt')),
      client.download('downloadAttachment', { params: { attachmentId } }),
      client.shareAttachment({ params: { attachmentId } }),
      client.removeTalkUpload({ params: { attachmentId } }),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 404));
    const talks = await client.listTalks();
    expect(talks.ok && talks.data.data).toEqual([]);
  });

  test('the clinician of a talk finds no unfinished upload of its patient', async () => {
    const resumableUploadId = await world.unfinishedUpload();
    const params = { talkId: world.talkId };
    const listed = await world.A.client.listTalkResumableUploads({ params });
    expect(listed.ok && listed.data.data).toEqual([]);
    const read = await world.A.client.getResumableUpload({ params: { resumableUploadId } });
    expect(read.status).toBe(404);
  });

  test('a patient finds no talk of another patient', async () => {
    const stranger = world.clientOf('P2');
    const params = { talkId: world.talkId };
    const answers = await Promise.all([
      stranger.getTalk({ params }),
      stranger.listMessages({ params }),
      stranger.sendMessage({ params, body: { text: 'Hello' } }),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual([404, 404, 404]);
  });

  test('a doctor who is not on the case finds nothing that its members share', async () => {
    const stranger = world.clientOf('X');
    const caseAttachmentId = await world.sharedFile();
    const params = { caseId: world.caseId };
    const answers = await Promise.all([
      stranger.getCase({ params }),
      stranger.listCaseAttachments({ params }),
      stranger.listDoctorTalkMessages({ params }),
      stranger.download('downloadCaseAttachment', { params: { caseAttachmentId } }),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual([404, 404, 404, 404]);
  });
});
