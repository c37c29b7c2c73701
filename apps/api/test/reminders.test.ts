import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../src/db/database.ts';
import { createReminderPoll } from '../src/modules/invitations/index.ts';
import { startApi, type TestApi } from './support/api.ts';
import {
  invitationOf,
  invite,
  linkStatus,
  manyCodes,
  newInvitee,
  register,
  tokenIn,
} from './support/invitee.ts';
import { addCase, addClinician, addPractice, type Someone } from './support/people.ts';
import { answer } from './support/result.ts';

let api: TestApi;
let practice: string;
let doctor: Someone;

beforeAll(async () => {
  api = await startApi(manyCodes);
  practice = await addPractice(api);
  doctor = await addClinician(api, practice, 'doctor', 'Dr Mei Chen');
});
afterAll(() => api.close());

/** Days go by for an invitation: everything that it remembers lies further back. */
const daysPass = (id: string, days: number) =>
  api.sql.query(
    `update invitations set created_at = created_at - make_interval(days => $2),
       sent_at = sent_at - make_interval(days => $2), expires_at = expires_at - make_interval(days => $2)
     where id = $1`,
    [id, days],
  );
/** The mail may be in the mailbox a moment before the API has heard that it was taken. */
const hasLeft = (id: string) =>
  expect
    .poll(
      async () =>
        (await api.sql.query('select sent_at from invitations where id = $1', [id])).rows[0].sent_at,
      { timeout: 20_000 },
    )
    .not.toBeNull();
const waiting = async () => {
  const invitee = newInvitee();
  const caseId = await addCase(doctor);
  const { invitation, token } = await invite(api, doctor, caseId, invitee);
  await hasLeft(invitation.id);
  return { ...invitee, id: invitation.id, token };
};

/** Runs the poll of several workers at the same moment, and waits until what they made has left. */
async function pollAtOnce(): Promise<void> {
  const db = openDatabase(api.deps.settings.JOBS_DATABASE_URL, 4, () => undefined);
  const poll = createReminderPoll({ db }, api.deps.jobs);
  try {
    await Promise.all(Array.from({ length: 4 }, () => poll()));
  } finally {
    await db.close();
  }
  await expect
    .poll(
      async () =>
        (
          await api.sql.query(
            `select count(*)::int as n from pgboss.job where name = 'invitation.reminder' and state in ('created', 'active', 'retry')`,
          )
        ).rows[0].n as number,
      { timeout: 20_000 },
    )
    .toBe(0);
}
const remindersTo = async (email: string) =>
  (await api.mailroom.emails({ to: email })).filter(({ subject }) => subject.startsWith('Reminder:'));

test('an invitee is reminded on day 3, 7 and 14, once each however many workers there are, and no more', async () => {
  const invited = await waiting();
  expect(await remindersTo(invited.email)).toHaveLength(0);
  const { sentAt, nextReminderAt, lastReminderAt } = await invitationOf(doctor, invited.id);
  expect(lastReminderAt).toBeNull();
  expect(Date.parse(nextReminderAt ?? '') - Date.parse(sentAt ?? '')).toBe(3 * 86_400_000);

  for (const [days, mails] of [
    [2, 0],
    [1, 1],
    [1, 1],
    [3, 2],
    [7, 3],
    [1, 3],
  ] as const) {
    await daysPass(invited.id, days);
    await pollAtOnce();
    await pollAtOnce();
    expect(await remindersTo(invited.email)).toHaveLength(mails);
  }
  const after = await invitationOf(doctor, invited.id);
  expect(after.lastReminderAt).not.toBeNull();
  expect(after.nextReminderAt).toBeNull();
  expect(after.state).toBe('pending');
}, 60_000);

test('a reminder’s link and the first one both lead on, and registering ends the reminders', async () => {
  const invited = await waiting();
  await daysPass(invited.id, 3);
  await pollAtOnce();
  const [reminder] = await remindersTo(invited.email);
  if (!reminder) throw new Error('There is no reminder.');
  expect(`${reminder.subject}${reminder.text}`).not.toMatch(/Ana|Ruiz|Knee|Chen/);
  expect(reminder.text).toContain('I am not this person');
  const token = tokenIn(reminder);
  expect(token).not.toBe(invited.token);
  expect([await linkStatus(api, invited.token), await linkStatus(api, token)]).toEqual(['usable', 'usable']);

  await register(api, token, invited.mobile);
  expect([await linkStatus(api, invited.token), await linkStatus(api, token)]).toEqual(['used', 'used']);
  await daysPass(invited.id, 4);
  await pollAtOnce();
  expect(await remindersTo(invited.email)).toHaveLength(1);
}, 60_000);

test('whoever got the wrong reminder can say so, and hears no more', async () => {
  const invited = await waiting();
  await daysPass(invited.id, 3);
  await pollAtOnce();
  const [reminder] = await remindersTo(invited.email);
  if (!reminder) throw new Error('There is no reminder.');
  answer(await api.browser('patient').reportInvitationLink({ body: { token: tokenIn(reminder) } }));
  expect((await invitationOf(doctor, invited.id)).state).toBe('reported');
  await daysPass(invited.id, 4);
  await pollAtOnce();
  expect(await remindersTo(invited.email)).toHaveLength(1);
}, 60_000);

test('sending again kills a reminder’s link too, and counts the days anew', async () => {
  const invited = await waiting();
  await daysPass(invited.id, 3);
  await pollAtOnce();
  const [reminder] = await remindersTo(invited.email);
  if (!reminder) throw new Error('There is no reminder.');
  answer(await doctor.client.resendInvitation({ params: { invitationId: invited.id } }));
  await api.mailroom.nextEmail({ to: invited.email, after: reminder.id });
  await hasLeft(invited.id);
  expect(await linkStatus(api, tokenIn(reminder))).toBe('unknown');
  const { lastReminderAt, nextReminderAt } = await invitationOf(doctor, invited.id);
  expect(lastReminderAt).toBeNull();
  expect(Date.parse(nextReminderAt ?? '')).toBeGreaterThan(Date.now() + 2.9 * 86_400_000);
}, 60_000);

test('nobody is reminded of what bounced, was taken back, has expired or is switched off', async () => {
  const bounced = await waiting();
  const revoked = await waiting();
  const expired = await waiting();
  const stopped = await waiting();
  answer(await doctor.client.revokeInvitation({ params: { invitationId: revoked.id } }));
  await api.sql.query(`update invitations set delivery = 'bounced' where id = $1`, [bounced.id]);
  await api.sql.query(`update invitations set reminders_stopped_at = now() where id = $1`, [stopped.id]);
  await daysPass(expired.id, 5);
  for (const { id } of [bounced, revoked, expired, stopped]) await daysPass(id, 3);

  const off = await addClinician(api, await addPractice(api, 'Elm Road Dental'));
  await api.sql.query(`update practices set sends_reminders = false where name = 'Elm Road Dental'`);
  const invitee = newInvitee();
  const { invitation } = await invite(api, off, await addCase(off), invitee);
  await hasLeft(invitation.id);
  await daysPass(invitation.id, 3);

  await pollAtOnce();
  for (const { email } of [bounced, revoked, expired, stopped, invitee]) {
    expect(await remindersTo(email)).toHaveLength(0);
  }
}, 60_000);
