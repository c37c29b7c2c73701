import type { Portal } from '@casetalk/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from './support/api.ts';
import { codeTo, manyCodes, newInvitee, tokenIn } from './support/invitee.ts';
import {
  addClinician,
  addPatient,
  addPractice,
  goodPassword,
  signedIn,
  type Someone,
} from './support/people.ts';
import { answer, outcome } from './support/result.ts';

let api: TestApi;
let practice: string;

beforeAll(async () => {
  api = await startApi(manyCodes);
  practice = await addPractice(api);
});
afterAll(() => api.close());

const newPassword = 'nine patient herons';

/** A person with a number that nobody else has. */
async function person(portal: Portal): Promise<Someone & { phone: string }> {
  const someone = portal === 'patient' ? await addPatient(api) : await addClinician(api, practice);
  const { mobile: phone } = newInvitee();
  await api.sql.query(
    portal === 'patient'
      ? 'update patients set phone = $1 where id = $2'
      : 'update clinicians set phone = $1 where id = $2',
    [phone, someone.id],
  );
  return { ...someone, phone };
}

async function askedFor(portal: Portal, email: string) {
  const browser = api.browser(portal);
  answer(await browser.requestPasswordReset({ body: { email } }));
  const mail = await api.mailroom.nextEmail({ to: email });
  return { browser, mail, token: tokenIn(mail) };
}

async function proved(portal: Portal, someone: { email: string; phone: string }) {
  const { browser, token } = await askedFor(portal, someone.email);
  answer(await browser.startPasswordReset({ body: { token } }));
  answer(await browser.sendPasswordResetCode({ body: { methodId: 'mobile-text' } }));
  const code = await codeTo(api, someone.phone);
  expect(answer(await browser.submitPasswordResetCode({ body: { code } })).step).toBe('password');
  return { browser, token };
}

describe.each(['patient', 'clinician'] as const)('a %s who forgot the password', (portal) => {
  test('proves the address and the phone, and every session ends', async () => {
    const someone = await person(portal);
    const { browser, token } = await proved(portal, someone);
    answer(await browser.setNewPassword({ body: { password: newPassword } }));
    expect(outcome(await someone.client.getMe())).toBe('unauthenticated');
    expect(outcome(await browser.getMe())).toBe('unauthenticated');
    const old = await api.browser(portal).signIn({ body: { email: someone.email, password: goodPassword } });
    expect(outcome(old)).toBe('wrong-credentials');
    await signedIn(api, portal, someone.email, newPassword);
    const subjects = async () =>
      (await api.mailroom.emails({ to: someone.email })).map(({ subject }) => subject);
    await expect.poll(subjects).toContain('Your password was changed');
    const again = await api.browser(portal).startPasswordReset({ body: { token } });
    expect(again.ok ? null : again.problem).toMatchObject({ code: 'link-unusable', linkStatus: 'used' });
  });

  test('gets nowhere without the code', async () => {
    const someone = await person(portal);
    const { browser, token } = await askedFor(portal, someone.email);
    expect(outcome(await browser.setNewPassword({ body: { password: newPassword } }))).toBe(
      'unauthenticated',
    );
    const reset = answer(await browser.startPasswordReset({ body: { token } }));
    expect(reset).toMatchObject({ step: 'method', methods: [{ hint: someone.phone.slice(-2) }, {}] });
    expect(JSON.stringify(reset)).not.toContain(someone.phone);
    expect(outcome(await browser.setNewPassword({ body: { password: newPassword } }))).toBe('state-conflict');
    expect(outcome(await someone.client.getMe())).toBe('ok');
  });
});

test('an unknown address gets the same answer and no mail', async () => {
  const known = await person('patient');
  const browser = api.browser('patient');
  const answers = [
    await browser.requestPasswordReset({ body: { email: known.email } }),
    await browser.requestPasswordReset({ body: { email: 'nobody.here@example.com' } }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([202, 202]);
  await api.mailroom.nextEmail({ to: known.email });
  const done = async () =>
    (
      await api.sql.query(
        `select count(*)::int as n from pgboss.job where name = 'passwordReset.mail' and state <> 'completed'`,
      )
    ).rows[0].n as number;
  await expect.poll(done).toBe(0);
  expect(await api.mailroom.emails({ to: 'nobody.here@example.com' })).toEqual([]);
});

test('three mails an hour leave for one address, whatever is asked', async () => {
  const someone = await person('patient');
  for (let asked = 0; asked < 5; asked += 1) {
    answer(await api.browser('patient').requestPasswordReset({ body: { email: someone.email } }));
  }
  const { rows } = await api.sql.query(
    'select count(*)::int as n from password_resets where patient_id = $1',
    [someone.id],
  );
  expect(rows[0].n).toBe(3);
});

test('a link of one portal opens nothing in the other', async () => {
  const someone = await person('patient');
  const { token } = await askedFor('patient', someone.email);
  const elsewhere = await api.browser('clinician').startPasswordReset({ body: { token } });
  expect(elsewhere.ok ? null : elsewhere.problem).toMatchObject({
    code: 'link-unusable',
    linkStatus: 'unknown',
  });
});

test('whoever opens the link later has to prove the phone again', async () => {
  const someone = await person('patient');
  const { browser, token } = await proved('patient', someone);
  const thief = api.browser('patient');
  expect(answer(await thief.startPasswordReset({ body: { token } })).step).not.toBe('password');
  expect(outcome(await thief.setNewPassword({ body: { password: newPassword } }))).toBe('state-conflict');
  expect(outcome(await browser.setNewPassword({ body: { password: newPassword } }))).toBe('unauthenticated');
});

test('of many new passwords at once one is set', async () => {
  const someone = await person('patient');
  const { browser } = await proved('patient', someone);
  const results = await Promise.all(
    Array.from({ length: 6 }, () => browser.setNewPassword({ body: { password: newPassword } })),
  );
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
});

test('ten wrong codes end the reset', async () => {
  const someone = await person('patient');
  const { browser, token } = await askedFor('patient', someone.email);
  answer(await browser.startPasswordReset({ body: { token } }));
  await api.sql.query('update password_resets set code_tries_used = 9 where patient_id = $1', [someone.id]);
  answer(await browser.sendPasswordResetCode({ body: { methodId: 'mobile-text' } }));
  const code = await codeTo(api, someone.phone);
  const wrong = ((Number(code) + 1) % 1_000_000).toString().padStart(6, '0');
  expect(outcome(await browser.submitPasswordResetCode({ body: { code: wrong } }))).toBe('too-many-tries');
  expect(outcome(await browser.submitPasswordResetCode({ body: { code } }))).toBe('too-many-tries');
});
