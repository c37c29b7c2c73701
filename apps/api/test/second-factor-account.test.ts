import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApi, startApi } from './support/api.ts';
import { codeOf, enrol, freshCode, passFreshness, passWaits, setupKeyOf } from './support/authenticator.ts';
import { codeTo, tokenIn } from './support/invitee.ts';
import { addClinician, addPractice, goodPassword, signedIn, type Someone } from './support/people.ts';
import { rawSession } from './support/raw-session.ts';
import { answer, outcome } from './support/result.ts';

let api: TestApi;
let practice: string;

beforeAll(async () => {
  api = await startApi();
  practice = await addPractice(api);
});
afterAll(() => api.close());

const subjectsTo = async ({ email }: Pick<Someone, 'email'>): Promise<string[]> =>
  (await api.mailroom.emails({ to: email })).map(({ subject }) => subject);

async function confirmAgain({ client, email }: Someone): Promise<void> {
  const factor = { method: 'authenticator', code: await freshCode(api, email) } as const;
  answer(await client.reauthenticate({ body: { password: goodPassword, factor } }));
}

describe('what changes an account', () => {
  test('needs the password and a factor of the last five minutes', async () => {
    const someone = await addClinician(api, practice);
    const { client } = someone;
    await passFreshness(api, someone.id);
    const refused = [
      await client.startAuthenticator(),
      await client.confirmAuthenticator({ body: { code: '000000' } }),
      await client.removeAuthenticator(),
      await client.startPasskey(),
      await client.renewRecoveryCodes(),
    ];
    for (const result of refused) {
      expect(result.ok ? null : result.problem).toMatchObject({
        code: 'reauthentication-needed',
        needs: ['password', 'factor'],
      });
    }
    const passwords = { currentPassword: goodPassword, newPassword: 'four tall green ladders' };
    const kept = await client.changePassword({ body: passwords });
    expect(kept.ok ? null : kept.problem).toMatchObject({
      code: 'reauthentication-needed',
      needs: ['factor'],
    });
    await confirmAgain(someone);
    answer(await client.renewRecoveryCodes());
    answer(await client.changePassword({ body: passwords }));
  });

  test('is not confirmed by a wrong password, a wrong code, or a code that was used', async () => {
    const someone = await addClinician(api, practice);
    const { client, email } = someone;
    await api.sql.query(
      `update authenticators set last_step = floor(extract(epoch from now()) / 30) + 1 where clinician_id = $1`,
      [someone.id],
    );
    const used = codeOf(setupKeyOf(email));
    expect(outcome(await client.reauthenticate({ body: { password: 'not the password' } }))).toBe(
      'wrong-credentials',
    );
    const again = { method: 'authenticator', code: used } as const;
    expect(outcome(await client.reauthenticate({ body: { factor: again } }))).toBe('code-wrong');
    expect(outcome(await client.reauthenticate({ body: {} }))).toBe('invalid-request');
    expect(outcome(await client.getMe())).toBe('ok');
    await passWaits(api);
  });

  test('leaves the cookie from before the confirmation worthless', async () => {
    const someone = await addClinician(api, practice);
    const session = await rawSession(api, 'clinician', someone.email);
    const before = session.headers();
    const confirmed = await session.fetch('/v1/me/reauthentication', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ password: goodPassword }),
    });
    expect(confirmed.status).toBe(200);
    // What is under way at that moment still gets through: a look-up is believed for a second.
    const asked = async () => (await fetch(`${api.url}/v1/me`, { headers: before })).status;
    await expect.poll(asked, { timeout: 5000 }).toBe(401);
    expect((await session.fetch('/v1/me')).status).toBe(200);
  });

  test('a new authenticator app takes the old one’s place once it gave a code', async () => {
    const someone = await addClinician(api, practice);
    const { client, email } = someone;
    const old = setupKeyOf(email);
    const { setupKey } = answer(await client.startAuthenticator());
    await signedIn(api, 'clinician', email);
    answer(await client.confirmAuthenticator({ body: { code: codeOf(setupKey) } }));
    await api.sql.query('update authenticators set last_step = 0');
    const browser = api.browser('clinician');
    answer(await browser.signIn({ body: { email, password: goodPassword } }));
    expect(outcome(await browser.submitSignInAuthenticatorCode({ body: { code: codeOf(old) } }))).toBe(
      'code-wrong',
    );
    answer(await browser.submitSignInAuthenticatorCode({ body: { code: codeOf(setupKey) } }));
    expect(outcome(await client.removeAuthenticator())).toBe('last-factor');
    await expect.poll(() => subjectsTo(someone)).toContain('An authenticator app was added');
  });

  test('new recovery codes end the old ones', async () => {
    const someone = await addClinician(api, practice);
    const { client, email } = someone;
    const [old = ''] = answer(await client.renewRecoveryCodes()).recoveryCodes;
    const [fresh = ''] = answer(await client.renewRecoveryCodes()).recoveryCodes;
    const browser = api.browser('clinician');
    answer(await browser.signIn({ body: { email, password: goodPassword } }));
    expect(outcome(await browser.submitSignInRecoveryCode({ body: { code: old } }))).toBe('code-wrong');
    answer(await browser.submitSignInRecoveryCode({ body: { code: fresh } }));
    expect(answer(await browser.listSecondFactors()).recoveryCodesLeft).toBe(9);
    await expect.poll(() => subjectsTo(someone)).toContain('You have new recovery codes');
  });
});

test('a forgotten password of a clinician leaves the second factor where it was', async () => {
  const someone = await addClinician(api, practice);
  const { email } = someone;
  const phone = '+14155550199';
  await api.sql.query('update clinicians set phone = $2 where id = $1', [someone.id, phone]);
  const browser = api.browser('clinician');
  await browser.requestPasswordReset({ body: { email } });
  answer(
    await browser.startPasswordReset({
      body: { token: tokenIn(await api.mailroom.nextEmail({ to: email })) },
    }),
  );
  answer(await browser.sendPasswordResetCode({ body: { methodId: 'mobile-text' } }));
  answer(await browser.submitPasswordResetCode({ body: { code: await codeTo(api, phone) } }));
  const password = 'four tall green ladders';
  answer(await browser.setNewPassword({ body: { password } }));
  const progress = answer(await browser.signIn({ body: { email, password } }));
  expect(progress).toMatchObject({ step: 'secondFactor', methods: ['authenticator'] });
  answer(await browser.submitSignInAuthenticatorCode({ body: { code: await freshCode(api, email) } }));
});

describe('an administrator', () => {
  test('resets the second factors of a colleague, who is signed out, told, and sets up a new one', async () => {
    const admin = await addClinician(api, practice, 'administrator');
    const colleague = await addClinician(api, practice);
    const half = api.browser('clinician');
    answer(await half.signIn({ body: { email: colleague.email, password: goodPassword } }));
    const params = { clinicianId: colleague.id };
    await passFreshness(api, admin.id);
    expect(outcome(await admin.client.resetSecondFactors({ params }))).toBe('reauthentication-needed');
    await confirmAgain(admin);
    answer(await admin.client.resetSecondFactors({ params }));
    expect(outcome(await colleague.client.getMe())).toBe('unauthenticated');
    expect(outcome(await half.getSignIn())).toBe('unauthenticated');
    await expect.poll(() => subjectsTo(colleague)).toContain('Your second factors were reset');
    const { rows } = await api.sql.query(
      `select actor_id from audit_events where action = 'secondFactor.reset' and resource_id = $1`,
      [colleague.id],
    );
    expect(rows).toEqual([{ actor_id: admin.id }]);
    const browser = api.browser('clinician');
    answer(await browser.signIn({ body: { email: colleague.email, password: goodPassword } }));
    expect(await enrol(browser, colleague.email)).toHaveLength(10);
  });

  test('of another practice, a doctor, and the person themselves find nobody to reset', async () => {
    const colleague = await addClinician(api, practice);
    const admin = await addClinician(api, practice, 'administrator');
    const stranger = await addClinician(api, await addPractice(api, 'Cedar Hill'), 'administrator');
    const doctor = await addClinician(api, practice);
    const params = { clinicianId: colleague.id };
    for (const { client } of [stranger, doctor]) {
      expect(outcome(await client.resetSecondFactors({ params }))).toBe('not-found');
    }
    const self = { clinicianId: admin.id };
    expect(outcome(await admin.client.resetSecondFactors({ params: self }))).toBe('not-found');
    expect(outcome(await colleague.client.getMe())).toBe('ok');
  });

  test('finds the other administrators of the practice too, as nobody else does', async () => {
    const [admin, other] = [
      await addClinician(api, practice, 'administrator', 'Adela Stern'),
      await addClinician(api, practice, 'administrator', 'Bertil Stern'),
    ];
    const doctor = await addClinician(api, practice);
    const found = async ({ client }: Someone) =>
      answer(await client.listClinicians({ query: { search: 'Stern' } })).data.map(({ id }) => id);
    expect(await found(admin)).toEqual([admin.id, other.id]);
    expect(await found(doctor)).toEqual([]);
  });
});
