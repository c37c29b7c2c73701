import type { Client } from '@casetalk/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApi, startApi } from './support/api.ts';
import { passFreshness } from './support/authenticator.ts';
import { codeTo, invite, newInvitee, register, tokenIn } from './support/invitee.ts';
import {
  addCase,
  addClinician,
  addPatient,
  addPractice,
  goodPassword,
  signedIn,
  type Someone,
} from './support/people.ts';
import { answer, outcome } from './support/result.ts';

let api: TestApi;
let numbers = 0;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

/** A patient with a number that nobody else has. */
async function somebody(): Promise<{ patient: Someone; phone: string }> {
  const patient = await addPatient(api);
  numbers += 1;
  const phone = `+141555501${numbers.toString().padStart(2, '0')}`;
  await api.sql.query('update patients set phone = $2 where id = $1', [patient.id, phone]);
  return { patient, phone };
}

async function onNewDevice({ email }: Pick<Someone, 'email'>): Promise<Client> {
  const browser = api.browser('patient');
  expect(answer(await browser.signIn({ body: { email, password: goodPassword } }))).toMatchObject({
    step: 'secondFactor',
    methods: ['phone'],
  });
  return browser;
}

const methodId = 'mobile-text';
const wrongBeside = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

describe('a patient on a device that is not known', () => {
  test('is asked for a code by text, and not again there', async () => {
    const { patient, phone } = await somebody();
    const browser = await onNewDevice(patient);
    const progress = answer(await browser.getSignIn());
    expect(progress.delivery.map(({ id }) => id)).toEqual(['mobile-text', 'mobile-call']);
    expect(JSON.stringify(progress)).not.toContain(phone.slice(2, -2));
    answer(await browser.sendSignInCode({ body: { methodId } }));
    const code = await codeTo(api, phone);
    const wrong = await browser.submitSignInCode({ body: { code: wrongBeside(code) } });
    expect(wrong.ok ? null : wrong.problem).toMatchObject({ code: 'code-wrong', triesLeft: 4 });
    expect(outcome(await browser.getMe())).toBe('unauthenticated');
    answer(await browser.submitSignInCode({ body: { code } }));
    expect(answer(await browser.getMe())).toMatchObject({ id: patient.id });
    answer(await browser.signOut());
    const again = answer(await browser.signIn({ body: { email: patient.email, password: goodPassword } }));
    expect(again).toMatchObject({ me: { id: patient.id } });
  });

  test('of two browsers, each has a code of its own, which works once', async () => {
    const { patient, phone } = await somebody();
    const [one, other] = [await onNewDevice(patient), await onNewDevice(patient)];
    answer(await one.sendSignInCode({ body: { methodId } }));
    const code = await codeTo(api, phone);
    expect(outcome(await other.submitSignInCode({ body: { code } }))).toBe('code-wrong');
    const results = await Promise.all(
      Array.from({ length: 5 }, () => one.submitSignInCode({ body: { code } })),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('is helped by a late text, within its ten minutes', async () => {
    const { patient, phone } = await somebody();
    const browser = await onNewDevice(patient);
    answer(await browser.sendSignInCode({ body: { methodId } }));
    const code = await codeTo(api, phone);
    const again = answer(await browser.sendSignInCode({ body: { methodId } }));
    expect(again.triesLeft).toBe(5);
    await api.sql.query(
      `update verifications set expires_at = now() + interval '20 seconds' where phone = $1`,
      [phone],
    );
    answer(await browser.submitSignInCode({ body: { code } }));

    const late = await onNewDevice(patient);
    const before = (await api.mailroom.texts({ to: phone }))[0]?.id;
    answer(await late.sendSignInCode({ body: { methodId } }));
    const dead = await codeTo(api, phone, before);
    await api.sql.query('update verifications set expires_at = now() where phone = $1', [phone]);
    expect(outcome(await late.submitSignInCode({ body: { code: dead } }))).toBe('code-wrong');
  });

  test('gets no more tries by signing in anew, and waits longer and longer', async () => {
    const { patient, phone } = await somebody();
    const outcomes: string[] = [];
    let before: string | undefined;
    for (let round = 0; round < 2; round += 1) {
      const browser = await onNewDevice(patient);
      answer(await browser.sendSignInCode({ body: { methodId } }));
      const text = await api.mailroom.nextText({ to: phone, ...(before ? { after: before } : {}) });
      before = text.id;
      const code = /\b(\d{6})\b/.exec(text.body)?.[1] ?? '';
      for (let index = 0; index < 4; index += 1) {
        outcomes.push(outcome(await browser.submitSignInCode({ body: { code: wrongBeside(code) } })));
      }
    }
    expect(outcomes.filter((one) => one === 'code-wrong')).toHaveLength(6);
    expect(outcomes.slice(6)).toEqual(['too-many-tries', 'too-many-tries']);
    expect((await signedIn(api, 'patient', patient.email)).getMe).toBeTypeOf('function');
  });

  test('is not signed in by a code to a number that has changed meanwhile', async () => {
    const { patient, phone } = await somebody();
    const browser = await onNewDevice(patient);
    answer(await browser.sendSignInCode({ body: { methodId } }));
    const code = await codeTo(api, phone);
    await api.sql.query(`update patients set phone = '+14155550198' where id = $1`, [patient.id]);
    expect(outcome(await browser.submitSignInCode({ body: { code } }))).toBe('state-conflict');
    expect(outcome(await browser.getMe())).toBe('unauthenticated');
  });

  test('becomes known by finishing a registration', async () => {
    const practice = await addPractice(api);
    const doctor = await addClinician(api, practice);
    const { email, mobile } = newInvitee();
    const { token } = await invite(api, doctor, await addCase(doctor), { email, mobile });
    const browser = await register(api, token, mobile);
    const known = answer(await browser.signIn({ body: { email, password: goodPassword } }));
    expect(known).toMatchObject({ me: { email } });
    const elsewhere = await onNewDevice({ email });
    expect(outcome(await elsewhere.getMe())).toBe('unauthenticated');
  });

  test('knows no device any more after a forgotten password, but the one where it was set', async () => {
    const { patient, phone } = await somebody();
    const old = await signedIn(api, 'patient', patient.email);
    const reset = api.browser('patient');
    const { email } = patient;
    await reset.requestPasswordReset({ body: { email } });
    const mail = await api.mailroom.nextEmail({ to: email });
    answer(await reset.startPasswordReset({ body: { token: tokenIn(mail) } }));
    answer(await reset.sendPasswordResetCode({ body: { methodId } }));
    answer(await reset.submitPasswordResetCode({ body: { code: await codeTo(api, phone) } }));
    const password = 'four tall green ladders';
    answer(await reset.setNewPassword({ body: { password } }));
    expect(answer(await reset.signIn({ body: { email, password } }))).toMatchObject({ me: { email } });
    // Tokens count whole seconds: as if the other device had been known for a while.
    await api.sql.query(
      `update patients set devices_forgotten_at = devices_forgotten_at + interval '3 seconds' where id = $1`,
      [patient.id],
    );
    expect(answer(await old.signIn({ body: { email, password } }))).toMatchObject({ step: 'secondFactor' });
  });
});

describe('changing where one is reached', () => {
  /** Signed in on a known device: the password is fresh, a second factor was not asked for. */
  async function fresh(patient: Someone, phone: string): Promise<void> {
    const before = (await api.mailroom.texts({ to: phone }))[0]?.id;
    answer(await patient.client.sendReauthenticationCode({ body: { methodId } }));
    const code = await codeTo(api, phone, before);
    const factor = { method: 'phone', code } as const;
    answer(await patient.client.reauthenticate({ body: { password: goodPassword, factor } }));
  }

  test('asks for a second factor first, also on a known device', async () => {
    const { patient } = await somebody();
    const phone = { phone: '(415) 555-0177', kind: 'mobile' } as const;
    const refused = [
      await patient.client.startPhoneChange({ body: phone }),
      await patient.client.requestEmailChange({ body: { email: 'elsewhere@example.com' } }),
    ];
    for (const result of refused) {
      expect(result.ok ? null : result.problem).toMatchObject({
        code: 'reauthentication-needed',
        needs: ['factor'],
      });
    }
  });

  test('tells how far the code of the second factor has come, to the session that asked for it alone', async () => {
    const { patient, phone } = await somebody();
    const { client } = patient;
    const other = await signedIn(api, 'patient', patient.email);
    expect(answer(await client.listSecondFactors()).verification).toBeNull();
    answer(await client.sendReauthenticationCode({ body: { methodId } }));
    const underWay = async () => answer(await client.listSecondFactors()).verification;
    await expect.poll(underWay).toMatchObject({ state: 'delivered', method: { id: methodId } });
    expect(JSON.stringify(await underWay())).not.toContain(await codeTo(api, phone));
    expect(answer(await other.listSecondFactors()).verification).toBeNull();
    const factor = { method: 'phone', code: await codeTo(api, phone) } as const;
    answer(await client.reauthenticate({ body: { factor } }));
    expect(await underWay()).toBeNull();
  });

  test('a new number counts once its own code came back', async () => {
    const { patient, phone } = await somebody();
    await fresh(patient, phone);
    const { client } = patient;
    const change = answer(
      await client.startPhoneChange({ body: { phone: '(415) 555-0178', kind: 'mobile' } }),
    );
    expect(change.methods.map(({ hint }) => hint)).toEqual(['78', '78']);
    expect(answer(await client.getPhoneChange())).toEqual({ change });
    answer(await client.sendPhoneChangeCode({ body: { methodId } }));
    const underWay = async () => answer(await client.getPhoneChange()).change?.verification;
    await expect.poll(underWay).toMatchObject({ state: 'delivered', method: { id: methodId, hint: '78' } });
    const code = await codeTo(api, '+14155550178');
    expect(outcome(await client.submitPhoneChangeCode({ body: { code: wrongBeside(code) } }))).toBe(
      'code-wrong',
    );
    await passFreshness(api, patient.id);
    expect(outcome(await client.submitPhoneChangeCode({ body: { code } }))).toBe('reauthentication-needed');
    await api.sql.query(`update verifications set last_sent_at = now() - interval '31 seconds'`);
    await fresh(patient, phone);
    expect(answer(await client.submitPhoneChangeCode({ body: { code } }))).toMatchObject({ phoneHint: '78' });
    expect(outcome(await client.submitPhoneChangeCode({ body: { code } }))).toBe('state-conflict');
    expect(answer(await client.getPhoneChange())).toEqual({ change: null });
    const subjects = async () =>
      (await api.mailroom.emails({ to: patient.email })).map(({ subject }) => subject);
    await expect.poll(subjects).toContain('Your phone number was changed');
  });

  test('a new address counts once its link was pressed, and the old one hears of it', async () => {
    const { patient, phone } = await somebody();
    await fresh(patient, phone);
    const email = `new-${patient.id}@example.com`;
    answer(await patient.client.requestEmailChange({ body: { email } }));
    const token = tokenIn(await api.mailroom.nextEmail({ to: email }));
    expect(answer(await patient.client.getMe()).email).toBe(patient.email);
    const results = await Promise.all(
      Array.from({ length: 5 }, () => api.browser('patient').confirmEmailChange({ body: { token } })),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answer(await patient.client.getMe()).email).toBe(email);
    const old = async () => (await api.mailroom.emails({ to: patient.email })).map(({ subject }) => subject);
    await expect.poll(old).toContain('Your email address was changed');
  });

  test('an address that has an account gets no link, and the answer is the same', async () => {
    const [asking, other, free] = [await somebody(), await somebody(), await somebody()];
    await fresh(asking.patient, asking.phone);
    await fresh(free.patient, free.phone);
    const email = `free-${free.patient.id}@example.com`;
    const taken = await asking.patient.client.requestEmailChange({ body: { email: other.patient.email } });
    const open = await free.patient.client.requestEmailChange({ body: { email } });
    expect([taken, open].map(({ ok, status }) => [ok, status])).toEqual([
      [true, 202],
      [true, 202],
    ]);
    await api.mailroom.nextEmail({ to: email });
    expect(await api.mailroom.emails({ to: other.patient.email })).toEqual([]);
  });
});
