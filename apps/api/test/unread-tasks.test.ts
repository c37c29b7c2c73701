import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../src/db/database.ts';
import { createNoticePoll } from '../src/modules/notifications/index.ts';
import { takeDueTasks, unreadWatchRepository } from '../src/modules/tasks/index.ts';
import { startApi, type TestApi } from './support/api.ts';
import { addCase, addClinician, addPatient, addPractice, openTalk, type Someone } from './support/people.ts';
import { answer, outcome } from './support/result.ts';

let api: TestApi;
let practice: string;
let doctor: Someone;
let colleague: Someone;

beforeAll(async () => {
  api = await startApi();
  practice = await addPractice(api);
  doctor = await addClinician(api, practice);
  colleague = await addClinician(api, practice);
});
afterAll(() => api.close());

/** A talk that both have read to its end. */
async function talking() {
  const patient = await addPatient(api);
  const caseId = await addCase(doctor, 'Ana Ruiz', colleague);
  const talkId = await openTalk(doctor, caseId, patient);
  await read(patient, talkId);
  return { patient, caseId, talkId };
}

async function read(reader: Someone, talkId: string): Promise<void> {
  const last = answer(await reader.client.listMessages({ params: { talkId } })).data.find(
    ({ mine }) => !mine,
  );
  answer(await reader.client.markTalkRead({ params: { talkId }, body: { messageId: last?.id ?? '' } }));
}
const say = (sender: Someone, talkId: string, text = 'Please fast before the test') =>
  sender.client.sendMessage({ params: { talkId }, body: { text } }).then(answer);

/** Days go by: all that a talk remembers lies further back. */
async function daysPass(talkId: string, days: number): Promise<void> {
  for (const [table, columns] of [
    ['messages', ['created_at']],
    ['talks', ['clinician_notice_due_at', 'patient_notice_due_at', 'last_message_at']],
    ['talk_read_states', ['read_up_to', 'read_at', 'first_read_at']],
    ['unread_tasks', ['unread_since', 'due_at', 'mailed_at', 'done_at']],
  ] as const) {
    const moved = columns.map((column) => `${column} = ${column} - make_interval(days => $2)`).join(', ');
    await api.sql.query(`update ${table} set ${moved} where ${table === 'talks' ? 'id' : 'talk_id'} = $1`, [
      talkId,
      days,
    ]);
  }
}

/** Runs the polls of several workers at the same moment, and waits until what they made has left. */
async function pollAtOnce(): Promise<void> {
  const db = openDatabase(api.deps.settings.JOBS_DATABASE_URL, 4, () => undefined);
  const { jobs, events } = api.deps;
  const notices = createNoticePoll({ db }, jobs, unreadWatchRepository.watch);
  const tasks = takeDueTasks({ db, events }, jobs);
  try {
    await Promise.all([notices(), notices(), notices()]);
    await Promise.all([tasks(), tasks(), tasks()]);
  } finally {
    await db.close();
  }
  await expect
    .poll(
      async () =>
        (
          await api.sql.query(
            `select count(*)::int as n from pgboss.job where name in ('unreadTask.mail', 'talk.notice') and state in ('created', 'active', 'retry')`,
          )
        ).rows[0].n as number,
      { timeout: 20_000 },
    )
    .toBe(0);
}

const tasksOf = async (clinician: Someone, caseId: string) =>
  answer(await clinician.client.listTasks()).data.filter((task) => task.caseId === caseId);
const mails = async (subject: string) =>
  (await api.mailroom.emails({ to: doctor.email })).filter((mail) => mail.subject === subject);
const notRead = 'A message of yours has not been read';

test('a message that the patient has not read for three days comes back to its sender, once, and goes when it is read', async () => {
  const { patient, caseId, talkId } = await talking();
  const before = (await mails(notRead)).length;
  await say(doctor, talkId);
  await daysPass(talkId, 1);
  await pollAtOnce();
  expect(await tasksOf(doctor, caseId)).toEqual([]);
  await say(doctor, talkId, 'Did you see this?');
  await daysPass(talkId, 2);
  await pollAtOnce();
  await pollAtOnce();

  const [task, ...others] = await tasksOf(doctor, caseId);
  expect(others).toEqual([]);
  expect(task).toMatchObject({ kind: 'patientHasNotRead', patientName: 'Ana Ruiz', talkId });
  // Counted from the first that is unread.
  const age = Date.now() - Date.parse(task?.unreadSince ?? '');
  expect(Math.round(age / 86_400_000)).toBe(3);
  const sent = await mails(notRead);
  expect(sent).toHaveLength(before + 1);
  expect(`${sent[0]?.html}${sent[0]?.text}`).not.toMatch(/Ana|Ruiz|fast|Knee/);
  expect(await tasksOf(colleague, caseId)).toEqual([]);

  await read(patient, talkId);
  expect(await tasksOf(doctor, caseId)).toEqual([]);
  await pollAtOnce();
  expect(await mails(notRead)).toHaveLength(before + 1);

  // The next one that is not read is a task of its own.
  await say(doctor, talkId, 'One more thing');
  await daysPass(talkId, 1);
  await pollAtOnce();
  expect(await tasksOf(doctor, caseId)).toEqual([]);
  await daysPass(talkId, 2);
  await pollAtOnce();
  const [next] = await tasksOf(doctor, caseId);
  expect(next?.id).not.toBe(task?.id);
  expect(await mails(notRead)).toHaveLength(before + 2);
}, 60_000);

test('a message that the clinician has not read reminds her', async () => {
  const { patient, caseId, talkId } = await talking();
  await say(patient, talkId);
  await daysPass(talkId, 3);
  await pollAtOnce();
  expect(await tasksOf(doctor, caseId)).toMatchObject([{ kind: 'youHaveNotRead' }]);
  expect(await mails('A message is waiting for you')).toHaveLength(1);
  await read(doctor, talkId);
  expect(await tasksOf(doctor, caseId)).toEqual([]);
}, 60_000);

test('a task can be marked as done, by its clinician alone; a later message begins another', async () => {
  const { caseId, talkId } = await talking();
  await say(doctor, talkId);
  await daysPass(talkId, 3);
  await pollAtOnce();
  const [task] = await tasksOf(doctor, caseId);
  const params = { taskId: task?.id ?? '' };
  expect(outcome(await colleague.client.finishTask({ params }))).toBe('not-found');
  expect(outcome(await doctor.client.finishTask({ params }))).toBe('ok');
  expect(outcome(await doctor.client.finishTask({ params }))).toBe('not-found');
  expect(await tasksOf(doctor, caseId)).toEqual([]);

  await say(doctor, talkId, 'Please call us');
  await daysPass(talkId, 3);
  await pollAtOnce();
  expect(await tasksOf(doctor, caseId)).toHaveLength(1);
}, 60_000);

test('row-level security keeps the tasks of a talk from everybody else, patients included', async () => {
  const { caseId, talkId, patient } = await talking();
  await say(doctor, talkId);
  await daysPass(talkId, 3);
  await pollAtOnce();
  expect(await tasksOf(doctor, caseId)).toHaveLength(1);
  const seen = async (kind: 'clinician' | 'patient', id: string) => {
    const client = await api.sql.connect();
    try {
      await client.query('begin');
      await client.query(`select set_config('role', $1, true), set_config('app.viewer', $2, true)`, [
        `casetalk_${kind}`,
        id,
      ]);
      return Number((await client.query('select count(*) from unread_tasks')).rows[0].count);
    } finally {
      await client.query('rollback');
      client.release();
    }
  };
  expect(await seen('clinician', doctor.id)).toBeGreaterThan(0);
  expect(await seen('clinician', colleague.id)).toBe(0);
  await expect(seen('patient', patient.id)).rejects.toMatchObject({ code: '42501' });
}, 60_000);
