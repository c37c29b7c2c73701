import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type TestApi } from './support/api.ts';
import { addCase, addClinician, addPatient, addPractice, openTalk, type Someone } from './support/people.ts';
import { answer } from './support/result.ts';

let api: TestApi;
let doctor: Someone;
let patient: Someone;
let talkId: string;

beforeAll(async () => {
  api = await startApi();
  doctor = await addClinician(api, await addPractice(api));
  patient = await addPatient(api);
  talkId = await openTalk(doctor, await addCase(doctor), patient);
});
afterAll(() => api.close());

const secret = 'The swelling is gone';
const bothAreDue = () =>
  api.sql.query(
    'update talks set clinician_notice_due_at = now(), patient_notice_due_at = now() where id = $1',
    [talkId],
  );
const subjects = async (email: string) =>
  (await api.mailroom.emails({ to: email })).map(({ subject }) => subject);
const waitingNotices = async () =>
  (await api.sql.query('select count(*)::int as n from talks where clinician_notice_due_at is not null'))
    .rows[0].n as number;

test('a burst of unread messages makes one mail without content; what was read makes none', async () => {
  for (const text of [secret, 'And I can walk again']) {
    answer(await patient.client.sendMessage({ params: { talkId }, body: { text } }));
  }
  const first = answer(await patient.client.listMessages({ params: { talkId } })).data.find(
    ({ mine }) => !mine,
  );
  answer(await patient.client.markTalkRead({ params: { talkId }, body: { messageId: first?.id ?? '' } }));
  await api.sql.query('update talks set patient_unread = 0 where id = $1', [talkId]);
  await bothAreDue();

  const mail = await api.mailroom.nextEmail({
    to: doctor.email,
    timeoutMs: 20_000,
    ...(await lastMailTo(doctor.email)),
  });
  expect(mail.subject).toBe('You have a new message in Patient Talk');
  expect(`${mail.html}${mail.text}`).not.toContain(secret);
  expect(await waitingNotices()).toBe(0);
  const notice = 'You have a new message in Patient Talk';
  expect((await subjects(doctor.email)).filter((subject) => subject === notice)).toHaveLength(1);
  expect(await subjects(patient.email)).not.toContain('You have a new message in your Secure Inbox');
});

test('an invitation whose time is over is marked, and its clinician can invite again at once', async () => {
  const caseId = await addCase(doctor);
  const body = { email: 'somebody.new@example.com' };
  const first = answer(await doctor.client.createInvitation({ params: { caseId }, body }));
  await api.sql.query('update invitations set expires_at = now() where id = $1', [first.id]);
  const second = answer(await doctor.client.createInvitation({ params: { caseId }, body }));
  expect(second.talkId).toBe(first.talkId);
  const { rows } = await api.sql.query('select state from invitations where id = $1', [first.id]);
  expect(rows[0].state).toBe('expired');
});

async function lastMailTo(email: string): Promise<{ after?: string }> {
  // The doctor has heard before that the patient joined.
  const joined = await api.mailroom.nextEmail({ to: email });
  return { after: joined.id };
}
