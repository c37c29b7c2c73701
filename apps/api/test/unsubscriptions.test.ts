import type { Email } from '@casetalk/mailroom/client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createNoticePoll, sealUnsubscribeToken } from '../src/modules/notifications/index.ts';
import { openDatabase } from '../src/db/database.ts';
import { createReminderPoll } from '../src/modules/invitations/index.ts';
import { unreadWatchRepository } from '../src/modules/tasks/index.ts';
import { startApi, type TestApi } from './support/api.ts';
import { invitationOf, invite, newInvitee } from './support/invitee.ts';
import { addCase, addClinician, addPatient, addPractice, openTalk, type Someone } from './support/people.ts';
import { answer, outcome } from './support/result.ts';

let api: TestApi;
let practice: string;
let doctor: Someone;
let patient: Someone;
let talkId: string;

beforeAll(async () => {
  api = await startApi();
  practice = await addPractice(api);
  doctor = await addClinician(api, practice);
  patient = await addPatient(api);
  talkId = await openTalk(doctor, await addCase(doctor), patient);
});
afterAll(() => api.close());

/** The address in `List-Unsubscribe`, which stands between angle brackets. */
const addressIn = ({ headers }: Email): string =>
  /^<(.+)>$/.exec(headers['List-Unsubscribe'] ?? '')?.[1] ?? '';
const tokenOf = (address: string): string => new URL(address).pathname.split('/').at(-1) ?? '';
/** What a mail program sends when its own button is pressed. */
const press = (address: string, body: BodyInit = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })) =>
  fetch(address, { method: 'POST', body });
const anybody = () => api.browser('patient');
const audits = async (action: string): Promise<number> =>
  (await api.sql.query('select count(*)::int as n from audit_events where action = $1', [action])).rows[0].n;

/** What comes round every ten seconds comes now. */
async function comeRound(): Promise<void> {
  const db = openDatabase(api.deps.settings.JOBS_DATABASE_URL, 2, () => undefined);
  try {
    await createNoticePoll({ db }, api.deps.jobs, unreadWatchRepository.watch)();
    await createReminderPoll({ db }, api.deps.jobs)();
  } finally {
    await db.close();
  }
}

/** The doctor writes, and the two minutes until the patient is told go by. */
async function noticeToPatient(): Promise<Email> {
  const before = (await api.mailroom.emails({ to: patient.email }))[0]?.id;
  answer(await doctor.client.sendMessage({ params: { talkId }, body: { text: 'How is the knee?' } }));
  await api.sql.query('update talks set patient_notice_due_at = now() where id = $1', [talkId]);
  await comeRound();
  return api.mailroom.nextEmail({
    to: patient.email,
    timeoutMs: 20_000,
    ...(before === undefined ? {} : { after: before }),
  });
}

describe('a notice of unread messages', () => {
  let notice: Email;
  const channel = async () => answer(await patient.client.getNoticeChoices()).channel;
  beforeAll(async () => {
    notice = await noticeToPatient();
  });
  beforeEach(async () => {
    answer(await patient.client.changeNoticeChoices({ body: { channel: 'email', quietHours: null } }));
  });

  test('says in its headers and at its foot how it is stopped, and names nobody there', () => {
    expect(notice.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    const address = addressIn(notice);
    expect(address.startsWith(`${api.url}/v1/unsubscriptions/`)).toBe(true);
    expect(address).not.toContain(patient.id);
    const page = `http://patient.example.com/unsubscribe#${tokenOf(address)}`;
    expect(notice.text).toContain(`Stop emails about new messages:\n${page}`);
    expect(notice.html).toContain(`href="${page}"`);
  });

  test('opened by a person or a scanner leads to the page, and changes nothing', async () => {
    for (const method of ['GET', 'HEAD']) {
      const opened = await fetch(addressIn(notice), { method, redirect: 'manual' });
      expect(opened.status).toBe(303);
      expect(opened.headers.get('location')).toBe(
        `http://patient.example.com/unsubscribe#${tokenOf(addressIn(notice))}`,
      );
    }
    const token = tokenOf(addressIn(notice));
    expect(answer(await anybody().lookUpUnsubscription({ body: { token } }))).toMatchObject({
      mails: 'notices',
      stopped: false,
      language: 'en',
    });
    expect(await channel()).toBe('email');
  });

  test('is stopped by one press, by either kind of form; pressed twice it is once', async () => {
    const before = await audits('notices.stop');
    expect((await press(addressIn(notice))).status).toBe(204);
    const form = new FormData();
    form.set('List-Unsubscribe', 'One-Click');
    expect((await press(addressIn(notice), form)).status).toBe(204);
    expect(await channel()).toBe('none');
    expect(await audits('notices.stop')).toBe(before + 1);
  });

  test('is not stopped by another form, or by what is none', async () => {
    expect((await press(addressIn(notice), new URLSearchParams({ a: 'b' }))).status).toBe(400);
    expect((await press(addressIn(notice), 'List-Unsubscribe=One-Click')).status).toBe(415);
    expect(await channel()).toBe('email');
  });

  test('then comes no more, until it is wanted again; quiet hours stay as they were', async () => {
    const quietHours = { from: '22:00', to: '22:01', timeZone: 'UTC' };
    answer(await patient.client.changeNoticeChoices({ body: { channel: 'email', quietHours } }));
    const token = tokenOf(addressIn(notice));
    const choose = async (stopped: boolean) =>
      answer(await anybody().changeUnsubscription({ body: { token, stopped } })).stopped;
    expect(await choose(true)).toBe(true);
    const before = (await api.mailroom.emails({ to: patient.email })).length;
    answer(await doctor.client.sendMessage({ params: { talkId }, body: { text: 'And today?' } }));
    await api.sql.query('update talks set patient_notice_due_at = now() where id = $1', [talkId]);
    await comeRound();
    await expect
      .poll(
        async () =>
          (
            await api.sql.query(`select 1 from pgboss.job where name = 'talk.notice'
        and state in ('created', 'active', 'retry')`)
          ).rowCount,
        { timeout: 20_000 },
      )
      .toBe(0);
    expect(await api.mailroom.emails({ to: patient.email })).toHaveLength(before);
    expect(await choose(false)).toBe(false);
    expect(answer(await patient.client.getNoticeChoices())).toMatchObject({ channel: 'email', quietHours });
  });

  test('cannot be stopped with a token that was made up, changed, or mailed to another address', async () => {
    const token = tokenOf(addressIn(notice));
    const { sealer } = api.deps;
    const subscription = { mails: 'notices', portal: 'patient', id: patient.id } as const;
    const last = token.at(-1) === 'A' ? 'B' : 'A';
    const strangers = [
      'A'.repeat(140),
      `${token.slice(0, -2)}${last}${last}`,
      sealUnsubscribeToken(sealer, subscription, 'somebody.else@example.com'),
      sealUnsubscribeToken(sealer, { ...subscription, id: doctor.id }, patient.email),
    ];
    for (const stranger of strangers) {
      const address = `${api.url}/v1/unsubscriptions/${stranger}`;
      expect((await press(address)).status).toBe(404);
      expect(outcome(await anybody().lookUpUnsubscription({ body: { token: stranger } }))).toBe('not-found');
      expect(
        outcome(await anybody().changeUnsubscription({ body: { token: stranger, stopped: true } })),
      ).toBe('not-found');
    }
    expect(await channel()).toBe('email');
  });
});

describe('a reminder of an invitation', () => {
  async function reminded() {
    const invitee = newInvitee();
    const { invitation, mail } = await invite(api, doctor, await addCase(doctor), invitee);
    expect(mail.headers).not.toHaveProperty('List-Unsubscribe');
    const { id } = invitation;
    await expect
      .poll(
        async () =>
          (await api.sql.query('select sent_at from invitations where id = $1', [id])).rows[0].sent_at,
      )
      .not.toBeNull();
    await api.sql.query(`update invitations set sent_at = sent_at - interval '3 days' where id = $1`, [id]);
    await comeRound();
    const reminder = await api.mailroom.nextEmail({ to: invitee.email, after: mail.id, timeoutMs: 20_000 });
    return { ...invitee, id, address: addressIn(reminder), reminder };
  }

  test('is stopped by one press, which its clinician sees; resumed, it goes on', async () => {
    const { id, address, reminder } = await reminded();
    expect(reminder.text).toContain('Stop reminders of this invitation:');
    expect(await invitationOf(doctor, id)).toMatchObject({
      nextReminderAt: expect.any(String),
      remindersStoppedAt: null,
    });
    expect((await press(address)).status).toBe(204);
    expect((await press(address)).status).toBe(204);
    expect(await invitationOf(doctor, id)).toMatchObject({
      nextReminderAt: null,
      remindersStoppedAt: expect.any(String),
    });
    const token = tokenOf(address);
    answer(await anybody().changeUnsubscription({ body: { token, stopped: false } }));
    expect(await invitationOf(doctor, id)).toMatchObject({ remindersStoppedAt: null });
  });

  test('says nothing of whom it went to by mistake, once the address is corrected', async () => {
    const { id, address } = await reminded();
    answer(
      await doctor.client.correctInvitation({
        params: { invitationId: id },
        body: { email: newInvitee().email },
      }),
    );
    expect((await press(address)).status).toBe(404);
    expect(await invitationOf(doctor, id)).toMatchObject({ remindersStoppedAt: null });
  });
});

describe('a practice', () => {
  test('switches reminders off for all of its invitations, and on again; its administrator alone may', async () => {
    const administrator = await addClinician(api, practice, 'administrator');
    const { invitation } = await invite(api, doctor, await addCase(doctor), newInvitee());
    const next = async () => (await invitationOf(doctor, invitation.id)).nextReminderAt;
    await expect.poll(next).not.toBeNull();
    expect(answer(await administrator.client.getPracticeSettings())).toEqual({ sendsReminders: true });
    const choose = (by: Someone, sendsReminders: boolean) =>
      by.client.changePracticeSettings({ body: { sendsReminders } });
    expect(answer(await choose(administrator, false))).toEqual({ sendsReminders: false });
    expect(await next()).toBeNull();
    expect(outcome(await choose(doctor, true))).toBe('not-found');
    const elsewhere = await addClinician(api, await addPractice(api, 'Bay View Clinic'), 'administrator');
    answer(await choose(elsewhere, true));
    expect(await next()).toBeNull();
    answer(await choose(administrator, true));
    expect(await next()).not.toBeNull();
    expect(await audits('practiceSettings.change')).toBe(3);
  });
});
