import type { Client } from '@casetalk/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import pg from 'pg';
import { openDatabase } from '../src/db/database.ts';
import { sweepLeftovers } from '../src/jobs/leftovers.ts';
import { buildWorld, picture, type World } from './access/world.ts';
import { addCase, addPatient, openTalk, type Someone } from './support/people.ts';
import { answer, outcome } from './support/result.ts';
import { listen } from './support/stream.ts';

let world: World;
/** A talk of A with a patient of its own, so that no test finds another's draft. */
let talkId: string;
let caseId: string;
let patient: Someone;

beforeAll(async () => {
  world = await buildWorld();
  patient = await addPatient(world.api);
  caseId = await addCase(world.A, 'Nadia Haddad', world.S);
  talkId = await openTalk(world.A, caseId, patient);
});
afterAll(() => world.api.close());

const one = '0199d0f0-0000-7000-8000-00000000000a';
const other = '0199d0f0-0000-7000-8000-00000000000b';

const draftOf = async (client: Client) => answer(await client.getTalkDraft({ params: { talkId } }));
const save = (client: Client, text: string, version: number, writer = one) =>
  client.saveTalkDraft({ params: { talkId }, body: { text, writer } }, { ifMatch: version });
const begin = async (client: Client, text: string, writer = one) =>
  answer(await save(client, text, (await draftOf(client)).version, writer));
const placesOf = async (client: Client) => answer(await client.listDrafts()).data;
const send = (client: Client, text: string, draft: { version: number; writer: string }) =>
  client.sendMessage({ params: { talkId }, body: { text, draft } });

test('what one has begun stands there on another device, and the list names the place', async () => {
  const { version } = await begin(patient.client, 'My knee has been');
  const elsewhere = await draftOf(patient.client);
  expect(elsewhere).toMatchObject({ text: 'My knee has been', version });
  expect(await placesOf(patient.client)).toMatchObject([{ talkId, caseId, savedAt: elsewhere.savedAt }]);
  expect(await draftOf(world.A.client)).toEqual({ text: '', version: 0, savedAt: null });
  expect(await placesOf(world.A.client)).toEqual([]);
});

test('an older device does not write over a newer one; the one whose answer was lost goes on', async () => {
  const { version } = await begin(patient.client, 'First');
  const newer = answer(await save(patient.client, 'From the phone', version, other));
  expect(outcome(await save(patient.client, 'From the desk', version))).toBe('version-conflict');
  expect((await draftOf(patient.client)).text).toBe('From the phone');
  // The answer to its own last save was lost: it still names the version before.
  expect(answer(await save(patient.client, 'From the phone, more', version, other)).version).toBe(
    newer.version + 1,
  );
  expect(
    outcome(await patient.client.saveTalkDraft({ params: { talkId }, body: { text: '', writer: one } })),
  ).toBe('invalid-request');
});

test('many saves at once from one version: one is kept, the others are told', async () => {
  const { version } = await begin(patient.client, 'Start');
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      save(patient.client, `Device ${index}`, version, crypto.randomUUID()),
    ),
  );
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  expect(new Set(answers.flatMap((each) => (each.ok ? [] : [each.problem.code])))).toEqual(
    new Set(['version-conflict']),
  );
});

test('it goes with its message, and a save that comes late does not bring it back', async () => {
  const { version } = await begin(patient.client, 'Ready');
  answer(await send(patient.client, 'Ready', { version, writer: one }));
  expect((await draftOf(patient.client)).text).toBe('');
  expect(outcome(await save(patient.client, 'Ready', version))).toBe('version-conflict');
  expect(await placesOf(patient.client)).toEqual([]);
});

test('a message that is refused leaves it, and so does one written from an older draft', async () => {
  const { version } = await begin(patient.client, 'Still here');
  const strange = [crypto.randomUUID()];
  const refused = await patient.client.sendMessage({
    params: { talkId },
    body: { text: 'Still here', attachmentIds: strange, draft: { version, writer: one } },
  });
  expect(outcome(refused)).toBe('not-found');
  expect((await draftOf(patient.client)).text).toBe('Still here');
  answer(await save(patient.client, 'Newer words', version, other));
  answer(await send(patient.client, 'Still here', { version, writer: one }));
  expect((await draftOf(patient.client)).text).toBe('Newer words');
});

test('files that are not sent make a draft of their own', async () => {
  await begin(patient.client, '');
  expect(await placesOf(patient.client)).toEqual([]);
  const file = answer(await patient.client.upload('uploadTalkFile', { params: { talkId } }, picture()));
  expect(await placesOf(patient.client)).toMatchObject([{ talkId }]);
  answer(await patient.client.removeTalkUpload({ params: { attachmentId: file.id } }));
  expect(await placesOf(patient.client)).toEqual([]);
});

test('thrown away it is gone, and only its owner hears of it', async () => {
  await begin(patient.client, 'Never mind');
  const mine = await listen(patient.client);
  const theirs = await listen(world.A.client);
  answer(await patient.client.discardTalkDraft({ params: { talkId } }));
  await mine.heard((event) => event.type === 'draft.changed' && event.talkId === talkId);
  answer(await send(patient.client, 'Something else', { version: 0, writer: one }));
  await theirs.heard((event) => event.type === 'talk.message' && event.talkId === talkId);
  expect(theirs.seen.filter(({ type }) => type === 'draft.changed')).toEqual([]);
  expect((await draftOf(patient.client)).text).toBe('');
  mine.close();
  theirs.close();
});

test('the words are sealed with the talk’s key and bound to their save', async () => {
  await begin(patient.client, 'My blood pressure is 150');
  const { rows } = await world.api.sql.query<{ id: string; body: Buffer }>(
    'select id, body from drafts where person_id = $1',
    [patient.id],
  );
  const [row] = rows;
  if (!row) throw new Error('There is no draft.');
  expect(row.body.includes('blood')).toBe(false);
  const key = await world.api.deps.dataKeys.of(talkId);
  expect(key.openText('drafts.body', row.id, row.body)).toBe('My blood pressure is 150');
  expect(() => key.openText('messages.body', row.id, row.body)).toThrow('A seal is broken');
});

test('the table shows it to its owner alone: not to the other person, an emergency, or nobody', async () => {
  await begin(patient.client, 'Mine alone');
  await begin(world.A.client, 'Mine as well');
  const app = new pg.Client({ connectionString: world.api.deps.settings.DATABASE_URL });
  await app.connect();
  const seen = async (role: string, id: string): Promise<string[]> => {
    await app.query('begin');
    try {
      await app.query(`select set_config('role', $1, true), set_config('app.viewer', $2, true)`, [role, id]);
      const { rows } = await app.query<{ person_id: string }>('select person_id from drafts');
      return rows.map((row) => row.person_id);
    } finally {
      await app.query('rollback');
    }
  };
  try {
    expect(new Set(await seen('casetalk_patient', patient.id))).toEqual(new Set([patient.id]));
    expect(new Set(await seen('casetalk_clinician', world.A.id))).toEqual(new Set([world.A.id]));
    expect(await seen('casetalk_clinician', patient.id)).toEqual([]);
    expect(await seen('casetalk_clinician', world.S.id)).toEqual([]);
    await expect(seen('casetalk_break_glass', world.A.id)).rejects.toMatchObject({ code: '42501' });
    await expect(seen('casetalk_app', world.A.id)).rejects.toMatchObject({ code: '42501' });
  } finally {
    await app.end();
  }
});

test('what a clinician has begun is forgotten when she leaves the case; the patient’s stays', async () => {
  const { client } = world.A;
  await begin(client, 'I should ask');
  const doctorTalk = { params: { caseId } };
  answer(
    await client.saveDoctorTalkDraft(
      { ...doctorTalk, body: { text: 'Has anybody', writer: one } },
      { ifMatch: 0 },
    ),
  );
  expect(await placesOf(client)).toMatchObject([{ talkId: null, caseId }, { talkId }]);
  answer(await world.S.client.removeCaseMember({ params: { caseId, clinicianId: world.A.id } }));
  expect(outcome(await client.getTalkDraft({ params: { talkId } }))).toBe('not-found');
  const { rows } = await world.api.sql.query('select from drafts where person_id = $1 and case_id = $2', [
    world.A.id,
    caseId,
  ]);
  expect(rows).toEqual([]);
  expect((await draftOf(patient.client)).text).toBe('Mine alone');
  answer(await world.S.client.addCaseMember({ params: { caseId, clinicianId: world.A.id } }));
  expect((await draftOf(client)).text).toBe('');
});

test('a draft of the doctor talk goes with its message', async () => {
  const params = { caseId };
  const { client } = world.S;
  const { version } = answer(
    await client.saveDoctorTalkDraft({ params, body: { text: 'Please call', writer: one } }, { ifMatch: 0 }),
  );
  answer(
    await client.sendDoctorTalkMessage({
      params,
      body: { text: 'Please call', draft: { version, writer: one } },
    }),
  );
  expect(answer(await client.getDoctorTalkDraft({ params })).text).toBe('');
});

test('begun and thrown away are recorded, each save in between is not', async () => {
  const since = answer(await patient.client.getTalkDraft({ params: { talkId } })).version;
  answer(await patient.client.discardTalkDraft({ params: { talkId } }));
  const counted = async (action: string): Promise<number> => {
    const { rows } = await world.api.sql.query(
      'select from audit_events where actor_id = $1 and action = $2 and talk_id = $3',
      [patient.id, action, talkId],
    );
    return rows.length;
  };
  const before = await counted('draft.begun');
  for (const [index, text] of ['I', 'I think', 'I think so'].entries()) {
    answer(await save(patient.client, text, since + 1 + index));
  }
  expect(await counted('draft.begun')).toBe(before + 1);
  const thrown = await counted('draft.discarded');
  answer(await save(patient.client, '', since + 4));
  expect(await counted('draft.discarded')).toBe(thrown + 1);
});

test('a draft that nobody came back for is forgotten after thirty days', async () => {
  await begin(patient.client, 'Some day');
  const worker = openDatabase(world.api.deps.settings.JOBS_DATABASE_URL, 1, () => undefined);
  try {
    await world.api.sql.query(`update drafts set saved_at = now() - interval '29 days'`);
    await sweepLeftovers(worker);
    expect((await draftOf(patient.client)).text).toBe('Some day');
    await world.api.sql.query(`update drafts set saved_at = now() - interval '31 days'`);
    await sweepLeftovers(worker);
    expect(await draftOf(patient.client)).toEqual({ text: '', version: 0, savedAt: null });
  } finally {
    await worker.close();
  }
});
