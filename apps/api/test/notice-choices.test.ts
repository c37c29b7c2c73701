import type { QuietHours } from '@casetalk/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../src/db/database.ts';
import { createNoticePoll } from '../src/modules/notifications/index.ts';
import { unreadWatchRepository } from '../src/modules/tasks/index.ts';
import { startApi, type TestApi } from './support/api.ts';
import { addCase, addClinician, addPatient, addPractice, openTalk, type Someone } from './support/people.ts';
import { answer, outcome } from './support/result.ts';

let api: TestApi;
let doctor: Someone;

beforeAll(async () => {
  api = await startApi();
  doctor = await addClinician(api, await addPractice(api));
});
afterAll(() => api.close());

/** The hours around now in a zone far from everybody's, so that a server's own clock would say otherwise. */
function hoursAroundNow(by: number): QuietHours {
  const timeZone = 'Pacific/Kiritimati';
  const at = (hours: number): string =>
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }).format(Date.now() + hours * 3_600_000);
  return { from: at(by - 1), to: at(by + 1), timeZone };
}

/** A patient with two unread messages whose notice is due. */
async function waiting() {
  const patient = await addPatient(api);
  const talkId = await openTalk(doctor, await addCase(doctor), patient);
  return { patient, talkId };
}
async function write(talkId: string): Promise<void> {
  for (const text of ['The result is here', 'Please read it']) {
    answer(await doctor.client.sendMessage({ params: { talkId }, body: { text } }));
  }
  await api.sql.query('update talks set patient_notice_due_at = now() where id = $1', [talkId]);
}

/** Runs the poll of several workers at the same moment, and waits until what they made has left. */
async function pollAtOnce(): Promise<void> {
  const db = openDatabase(api.deps.settings.JOBS_DATABASE_URL, 4, () => undefined);
  const poll = createNoticePoll({ db }, api.deps.jobs, unreadWatchRepository.watch);
  try {
    await Promise.all([poll(), poll(), poll()]);
  } finally {
    await db.close();
  }
  await expect
    .poll(
      async () =>
        (
          await api.sql.query(
            `select count(*)::int as n from pgboss.job where name = 'talk.notice' and state in ('created', 'active', 'retry')`,
          )
        ).rows[0].n as number,
      { timeout: 20_000 },
    )
    .toBe(0);
}
const noticesTo = async (email: string) =>
  (await api.mailroom.emails({ to: email })).filter(({ subject }) => subject.includes('new message'));
const mobileOf = async (patient: Someone): Promise<string> =>
  (await api.sql.query<{ phone: string }>('select phone from patients where id = $1', [patient.id])).rows[0]
    ?.phone ?? '';

test('without a choice it is one email for a burst, at any hour', async () => {
  const { patient, talkId } = await waiting();
  expect(answer(await patient.client.getNoticeChoices())).toEqual({
    channel: 'email',
    channels: ['email', 'text', 'none'],
    quietHours: null,
  });
  await write(talkId);
  await pollAtOnce();
  expect(await noticesTo(patient.email)).toHaveLength(1);
}, 60_000);

test('in quiet hours of the person’s own zone nothing comes; it comes when they end', async () => {
  const { patient, talkId } = await waiting();
  const quietHours = hoursAroundNow(0);
  const body = { channel: 'email', quietHours } as const;
  expect(answer(await patient.client.changeNoticeChoices({ body })).quietHours).toEqual(quietHours);
  await write(talkId);
  await pollAtOnce();
  expect(await noticesTo(patient.email)).toHaveLength(0);

  answer(
    await patient.client.changeNoticeChoices({ body: { channel: 'email', quietHours: hoursAroundNow(3) } }),
  );
  await pollAtOnce();
  expect(await noticesTo(patient.email)).toHaveLength(1);
}, 60_000);

test('a text goes to the number that the patient proved, says nothing of health, and spares the email', async () => {
  const { patient, talkId } = await waiting();
  answer(await patient.client.changeNoticeChoices({ body: { channel: 'text', quietHours: null } }));
  await write(talkId);
  await pollAtOnce();
  const to = await mobileOf(patient);
  const [text, ...others] = await api.mailroom.texts({ to });
  expect(others).toEqual([]);
  expect(text?.body).toBe(
    'Harbor Street Clinic: you have a new message in your Secure Inbox. Sign in to read it: http://patient.example.com',
  );
  expect(await noticesTo(patient.email)).toHaveLength(0);

  // A landline takes no text: then it is email again.
  await api.sql.query(`update patients set phone_kind = 'landline' where id = $1`, [patient.id]);
  expect(answer(await patient.client.getNoticeChoices()).channel).toBe('email');
  await write(talkId);
  await pollAtOnce();
  expect(await api.mailroom.texts({ to })).toHaveLength(1);
  expect(await noticesTo(patient.email)).toHaveLength(1);
}, 60_000);

test('who wants no notices gets none', async () => {
  const { patient, talkId } = await waiting();
  answer(await patient.client.changeNoticeChoices({ body: { channel: 'none', quietHours: null } }));
  await write(talkId);
  await pollAtOnce();
  expect(await noticesTo(patient.email)).toHaveLength(0);
}, 60_000);

test('a clinician has no verified number, nobody a zone that does not exist, and each only their own choices', async () => {
  expect(answer(await doctor.client.getNoticeChoices()).channels).toEqual(['email', 'none']);
  const change = (body: Parameters<typeof doctor.client.changeNoticeChoices>[0]['body']) =>
    doctor.client.changeNoticeChoices({ body }).then(outcome);
  expect(await change({ channel: 'text', quietHours: null })).toBe('invalid-request');
  expect(
    await change({ channel: 'none', quietHours: { from: '21:00', to: '07:00', timeZone: 'Mars/Here' } }),
  ).toBe('invalid-request');
  expect(await change({ channel: 'none', quietHours: null })).toBe('ok');
  const colleague = await addClinician(api, await addPractice(api));
  expect(answer(await colleague.client.getNoticeChoices()).channel).toBe('email');
}, 60_000);
