import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from './support/api.ts';
import { invitationOf, invite, newInvitee } from './support/invitee.ts';
import { runOperatorCommand } from './support/operator-command.ts';
import { addCase, addClinician, addPractice } from './support/people.ts';
import { answer } from './support/result.ts';

const pending = 200;
let api: TestApi;
let practice: string;

beforeAll(async () => {
  api = await startApi();
  practice = await addPractice(api);
});
afterAll(() => api.close());

const circuit = async (): Promise<{ open: boolean; failures: number }> => {
  const { rows } = await api.sql.query(
    `select opened_at is not null as open, failures from provider_circuits where provider = 'mail'`,
  );
  return rows[0] ?? { open: false, failures: 0 };
};
const isOpen = async () => (await circuit()).open;
/** The half minute until the next try goes by. */
const probeIsDue = () =>
  api.sql.query(`update provider_circuits set probe_at = now() where opened_at is not null`);

/** As many invitations as asked for, by as many doctors as their hourly limits need. */
async function inviteMany(count: number): Promise<string[]> {
  const emails: string[] = [];
  while (emails.length < count) {
    const doctor = await addClinician(api, practice);
    const caseIds = await Promise.all(
      Array.from({ length: Math.min(25, count - emails.length) }, () => addCase(doctor)),
    );
    for (const caseId of caseIds) {
      const { email } = newInvitee();
      answer(await doctor.client.createInvitation({ params: { caseId }, body: { email } }));
      emails.push(email);
    }
  }
  return emails;
}

const mailed = async () =>
  (await api.mailroom.emails()).filter(({ text }) => text?.includes('/invitation#')).map(({ to }) => to);

test(`${pending} invitations made while the mail provider is out are all sent when it is back, each once`, async () => {
  await api.mailroom.setSwitches({ everyone: { email: { answer: 'serverError' } } });
  const emails = await inviteMany(pending);
  await expect.poll(isOpen, { timeout: 20_000 }).toBe(true);

  // Left alone, it is tried by one job when the time has come, and hears of no other.
  const { failures } = await circuit();
  await probeIsDue();
  await expect.poll(async () => (await circuit()).failures, { timeout: 10_000 }).toBe(failures + 1);
  const { rows } = await api.sql.query(
    `select count(*)::int as untouched from pgboss.job where name = 'invitation.mail' and state = 'created'`,
  );
  expect(rows[0].untouched).toBeGreaterThan(pending / 2);

  await api.mailroom.setSwitches({});
  await probeIsDue();
  await expect.poll(async () => (await mailed()).length, { timeout: 60_000 }).toBe(pending);
  expect((await mailed()).toSorted()).toEqual(emails.toSorted());
  expect(await circuit()).toEqual({ open: false, failures: 0 });
  await expect
    .poll(
      async () =>
        (
          await api.sql.query(
            `select 1 from pgboss.job where name = 'invitation.mail' and state < 'completed'`,
          )
        ).rowCount,
      { timeout: 20_000 },
    )
    .toBe(0);
  expect((await mailed()).length).toBe(pending);
}, 150_000);

describe.each(['seconds', 'date', 'reset'] as const)(
  'a mail provider that has too many requests (%s)',
  (how) => {
    test('is asked again no sooner than it wants to be', async () => {
      const waitSeconds = 3;
      await api.mailroom.setSwitches({
        everyone: { email: { answer: 'tooMany', retryAfterSeconds: waitSeconds, retryAfterAs: how } },
      });
      const [email = ''] = await inviteMany(1);
      await expect.poll(isOpen, { timeout: 20_000 }).toBe(true);
      const { rows } = await api.sql.query(
        `select failures, opened_at, extract(epoch from probe_at - opened_at)::float8 as wait
       from provider_circuits where provider = 'mail'`,
      );
      // One such answer is enough, and what is asked for is what is waited, to the rounding of dates.
      expect(rows[0].failures).toBe(1);
      expect(rows[0].wait).toBeGreaterThanOrEqual(waitSeconds);
      expect(rows[0].wait).toBeLessThanOrEqual(waitSeconds + 1);
      await api.mailroom.setSwitches({});
      // The invitation is made while nobody is asked, and leaves with the others.
      const [second = ''] = await inviteMany(1);
      for (const to of [email, second]) {
        const { receivedAt } = await api.mailroom.nextEmail({ to, timeoutMs: 20_000 });
        expect(Date.parse(receivedAt) - rows[0].opened_at.getTime()).toBeGreaterThanOrEqual(
          waitSeconds * 1000,
        );
      }
      expect(await circuit()).toEqual({ open: false, failures: 0 });
    }, 60_000);
  },
);

test('so is a phone provider; one that does not say counts as out like any other', async () => {
  const { email, mobile } = newInvitee();
  const doctor = await addClinician(api, practice);
  const { token } = await invite(api, doctor, await addCase(doctor), { email, mobile });
  await api.mailroom.setSwitches({ everyone: { text: { answer: 'tooMany', retryAfterSeconds: 3 } } });
  const browser = api.browser('patient');
  answer(await browser.startRegistration({ body: { token } }));
  answer(await browser.sendRegistrationCode({ body: { methodId: 'mobile-text' } }));
  const phone = async () =>
    (await api.sql.query(`select opened_at, failures from provider_circuits where provider = 'phone'`))
      .rows[0];
  await expect.poll(async () => (await phone())?.opened_at ?? null, { timeout: 20_000 }).not.toBeNull();
  const { opened_at: openedAt } = await phone();
  await api.mailroom.setSwitches({ everyone: { text: { answer: 'tooMany', retryAfterAs: 'nothing' } } });
  // The first try after the wait; from then on it is tried like any provider that is out.
  await expect.poll(async () => (await phone()).failures, { timeout: 20_000 }).toBe(2);
  await api.mailroom.setSwitches({});
  await api.sql.query(`update provider_circuits set probe_at = now() where provider = 'phone'`);
  const { receivedAt } = await api.mailroom.nextText({ to: mobile, timeoutMs: 20_000 });
  expect(Date.parse(receivedAt) - openedAt.getTime()).toBeGreaterThanOrEqual(3000);
}, 60_000);

test('addresses that are refused are no outage', async () => {
  const doctor = await addClinician(api, practice);
  for (let time = 0; time < 8; time += 1) {
    const { email } = newInvitee();
    await api.mailroom.setSwitchesFor(email, { email: { answer: 'badRequest' } });
    const caseId = await addCase(doctor);
    const { id } = answer(await doctor.client.createInvitation({ params: { caseId }, body: { email } }));
    await expect.poll(async () => (await invitationOf(doctor, id)).delivery).toBe('failed');
  }
  expect(await circuit()).toEqual({ open: false, failures: 0 });
});

test('a mail that ran out of tries shows as failed; the operator sees its letter and sends it again, once', async () => {
  const doctor = await addClinician(api, practice);
  const { email } = newInvitee();
  await api.mailroom.setSwitchesFor(email, { email: { answer: 'serverError' } });
  const caseId = await addCase(doctor);
  const { id } = answer(await doctor.client.createInvitation({ params: { caseId }, body: { email } }));
  // An hour of tries goes by: the next one is the last.
  await expect
    .poll(
      async () =>
        (
          await api.sql.query(
            `update pgboss.job set retry_count = retry_limit, start_after = now()
             where name = 'invitation.mail' and state = 'retry' and data->>'invitationId' = $1`,
            [id],
          )
        ).rowCount,
    )
    .toBe(1);
  const now = () => invitationOf(doctor, id);
  await expect.poll(async () => (await now()).delivery, { timeout: 30_000 }).toBe('failed');
  expect(await now()).toMatchObject({
    deliveryReason: 'The mail service did not take it for more than an hour.',
    abilities: { resend: true },
  });

  const command = (...args: string[]) =>
    runOperatorCommand('dead-letters', args, { JOBS_DATABASE_URL: api.deps.settings.JOBS_DATABASE_URL });
  const listed = await command();
  expect(listed.code).toBe(0);
  expect(listed.output).toContain(`invitationId=${id}`);
  expect(listed.output).toContain('SendGrid answered 500');
  expect(listed.output).not.toContain(email);
  const letter = /^([\da-f-]{36}) /m.exec(listed.output)?.[1] ?? '';

  await api.mailroom.setSwitchesFor(email, {});
  expect((await command('resend', letter)).output).toContain('1 put back');
  expect((await command('resend', letter)).code).toBe(1);
  expect((await command()).output).toContain('No job was given up.');
  await expect.poll(async () => (await now()).delivery, { timeout: 20_000 }).toBe('delivered');
  expect(await now()).toMatchObject({ deliveryReason: null });
  expect(await api.mailroom.emails({ to: email })).toHaveLength(1);
}, 90_000);

test('a code that was given up is never sent again', async () => {
  const { email, mobile } = newInvitee();
  const doctor = await addClinician(api, practice);
  const { token } = await invite(api, doctor, await addCase(doctor), { email, mobile });
  await api.mailroom.setSwitchesFor(mobile, { text: { answer: 'serverError' } });
  const browser = api.browser('patient');
  answer(await browser.startRegistration({ body: { token } }));
  answer(await browser.sendRegistrationCode({ body: { methodId: 'mobile-text' } }));
  await expect
    .poll(
      async () =>
        (
          await api.sql.query(
            `update pgboss.job set retry_count = retry_limit, start_after = now()
             where name = 'code.send' and state = 'retry'`,
          )
        ).rowCount,
    )
    .toBe(1);
  const state = async () => answer(await browser.getRegistration()).verification?.state;
  await expect.poll(state, { timeout: 30_000 }).toBe('failed');
  await api.mailroom.setSwitchesFor(mobile, {});
  const jobs = { JOBS_DATABASE_URL: api.deps.settings.JOBS_DATABASE_URL };
  expect((await runOperatorCommand('dead-letters', ['resend', '--all'], jobs)).output).toContain(
    '0 put back',
  );
  expect((await runOperatorCommand('dead-letters', ['remove', '--all'], jobs)).output).toContain('1 removed');
  expect(await api.mailroom.texts({ to: mobile })).toEqual([]);
}, 60_000);
