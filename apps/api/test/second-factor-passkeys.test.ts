import type { Client } from '@casetalk/client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestApi, startApi } from './support/api.ts';
import { passFreshness, withoutFactors } from './support/authenticator.ts';
import { addClinician, addPatient, addPractice, goodPassword, type Someone } from './support/people.ts';
import { answer, outcome } from './support/result.ts';
import { type Lies, SoftwareAuthenticator } from './support/software-authenticator.ts';

const clinicianOrigin = 'http://clinician.example.com';

let api: TestApi;
let practice: string;

beforeAll(async () => {
  api = await startApi();
  practice = await addPractice(api);
});
afterAll(() => api.close());

async function waiting({ email }: Pick<Someone, 'email'>, portal: 'clinician' | 'patient' = 'clinician') {
  const client = api.browser(portal);
  answer(await client.signIn({ body: { email, password: goodPassword } }));
  return client;
}

/** A clinician whose one factor is a passkey, set up at the first sign-in. */
async function enrolled(): Promise<{
  someone: Someone;
  authenticator: SoftwareAuthenticator;
  client: Client;
}> {
  const someone = await addClinician(api, practice);
  await withoutFactors(api, someone.id);
  const authenticator = new SoftwareAuthenticator(clinicianOrigin);
  const client = await waiting(someone);
  const credential = authenticator.create(answer(await client.startSignInPasskey()));
  const { recoveryCodes } = answer(
    await client.enrolSignInPasskey({ body: { name: 'Work laptop', credential } }),
  );
  expect(recoveryCodes).toHaveLength(10);
  return { someone, authenticator, client };
}

describe('a passkey of a clinician', () => {
  let someone: Someone;
  let authenticator: SoftwareAuthenticator;
  let client: Client;

  beforeEach(async () => {
    ({ someone, authenticator, client } = await enrolled());
  });

  test('is set up at the first sign-in and signs in from then on', async () => {
    expect(answer(await client.listSecondFactors()).passkeys).toMatchObject([
      { name: 'Work laptop', lastUsedAt: null, synced: false },
    ]);
    const browser = await waiting(someone);
    expect(answer(await browser.getSignIn())).toMatchObject({
      step: 'secondFactor',
      methods: ['passkey', 'recoveryCode'],
    });
    const request = answer(await browser.askForSignInPasskey());
    expect(request).toMatchObject({ rpId: 'clinician.example.com', userVerification: 'required' });
    answer(await browser.submitSignInPasskey({ body: { credential: authenticator.prove(request) } }));
    expect(answer(await browser.getMe())).toMatchObject({ id: someone.id });
  });

  test.each<[string, Lies]>([
    ['another site’s page', { origin: 'http://clinician.example.org' }],
    ['the other portal’s page', { origin: 'http://patient.example.com' }],
    ['another relying party', { rpId: 'patient.example.com' }],
    ['another challenge', { challenge: Buffer.alloc(32).toString('base64url') }],
    ['nobody verified', { verified: false }],
    ['an answer to something else', { type: 'webauthn.create' }],
  ])('is refused with %s', async (_name, lies) => {
    const browser = await waiting(someone);
    const request = answer(await browser.askForSignInPasskey());
    const refused = await browser.submitSignInPasskey({
      body: { credential: authenticator.prove(request, lies) },
    });
    expect(outcome(refused)).toBe('passkey-refused');
    expect(outcome(await browser.getMe())).toBe('unauthenticated');
  });

  test('is refused when its counter does not move on: it may be a copy', async () => {
    const first = await waiting(someone);
    const credential = authenticator.prove(answer(await first.askForSignInPasskey()), { counter: 5 });
    answer(await first.submitSignInPasskey({ body: { credential } }));
    for (const counter of [5, 4]) {
      const browser = await waiting(someone);
      const copy = authenticator.prove(answer(await browser.askForSignInPasskey()), { counter });
      expect(outcome(await browser.submitSignInPasskey({ body: { credential: copy } }))).toBe(
        'passkey-refused',
      );
    }
  });

  test('answers a challenge once, the latest one, and only in the sign-in that asked', async () => {
    const [browser, other] = [await waiting(someone), await waiting(someone)];
    const early = answer(await browser.askForSignInPasskey());
    const request = answer(await browser.askForSignInPasskey());
    const elsewhere = authenticator.prove(request);
    answer(await other.askForSignInPasskey());
    expect(outcome(await other.submitSignInPasskey({ body: { credential: elsewhere } }))).toBe(
      'passkey-refused',
    );
    const late = authenticator.prove(early);
    expect(outcome(await browser.submitSignInPasskey({ body: { credential: late } }))).toBe(
      'passkey-refused',
    );
    // The wrong answer has used the challenge up.
    const right = authenticator.prove(request);
    expect(outcome(await browser.submitSignInPasskey({ body: { credential: right } }))).toBe(
      'passkey-refused',
    );
    const credential = authenticator.prove(answer(await browser.askForSignInPasskey()));
    const twice = await Promise.all(
      Array.from({ length: 5 }, () => browser.submitSignInPasskey({ body: { credential } })),
    );
    expect(twice.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('of somebody else signs nobody else in', async () => {
    const other = await enrolled();
    const browser = await waiting(someone);
    const request = answer(await browser.askForSignInPasskey());
    const credential = other.authenticator.prove(request);
    expect(outcome(await browser.submitSignInPasskey({ body: { credential } }))).toBe('passkey-refused');
    // Renamed to look like the owner's it is signed with the wrong key.
    const { credentialId } = authenticator;
    const name = credentialId.toString('base64url');
    const again = answer(await browser.askForSignInPasskey());
    const forged = { ...other.authenticator.prove(again), id: name, rawId: name };
    expect(outcome(await browser.submitSignInPasskey({ body: { credential: forged } }))).toBe(
      'passkey-refused',
    );
  });

  test('cannot be kept by a second account, nor with a lie', async () => {
    const other = await addClinician(api, practice);
    const keep = async (lies: Lies = {}) => {
      const creation = answer(await other.client.startPasskey());
      return other.client.addPasskey({
        body: { name: 'Copied', credential: authenticator.create(creation, lies) },
      });
    };
    expect(outcome(await keep())).toBe('passkey-refused');
    const mine = new SoftwareAuthenticator(clinicianOrigin);
    for (const lies of [
      { verified: false },
      { origin: 'http://patient.example.com' },
      { rpId: 'example.com' },
    ]) {
      const creation = answer(await other.client.startPasskey());
      const credential = mine.create(creation, lies);
      expect(outcome(await other.client.addPasskey({ body: { name: 'Mine', credential } }))).toBe(
        'passkey-refused',
      );
    }
  });

  test('is renamed, and stays while it is the last one', async () => {
    const [passkey] = answer(await client.listSecondFactors()).passkeys;
    const params = { passkeyId: passkey?.id ?? '' };
    const renamed = answer(await client.renamePasskey({ params, body: { name: 'Home laptop' } }));
    expect(renamed.name).toBe('Home laptop');
    expect(outcome(await client.removePasskey({ params }))).toBe('last-factor');
    const second = new SoftwareAuthenticator(clinicianOrigin);
    const credential = second.create(answer(await client.startPasskey()));
    const added = answer(await client.addPasskey({ body: { name: 'Phone', credential } }));
    const both = await Promise.all(
      [params, { passkeyId: added.id }].map((one) => client.removePasskey({ params: one })),
    );
    expect(both.map(outcome).toSorted()).toEqual(['last-factor', 'ok']);
    const subjects = async () =>
      (await api.mailroom.emails({ to: someone.email })).map(({ subject }) => subject);
    await expect
      .poll(subjects)
      .toEqual(expect.arrayContaining(['A passkey was added', 'A passkey was removed']));
  });

  test('confirms again, under a new secret of the session', async () => {
    await passFreshness(api, someone.id);
    const stale = await client.startPasskey();
    expect(stale.ok ? null : stale.problem).toMatchObject({
      code: 'reauthentication-needed',
      needs: ['password', 'factor'],
    });
    const credential = authenticator.prove(answer(await client.askForReauthenticationPasskey()));
    const factor = { method: 'passkey', credential } as const;
    const half = answer(await client.reauthenticate({ body: { factor } }));
    expect(half).toEqual({ passwordUntil: null, factorUntil: expect.any(String) });
    const rest = await client.startPasskey();
    expect(rest.ok ? null : rest.problem).toMatchObject({ needs: ['password'] });
    answer(await client.reauthenticate({ body: { password: goodPassword } }));
    answer(await client.startPasskey());
  });
});

test('a patient who has set one up need not wait for a text', async () => {
  const patient = await addPatient(api);
  const authenticator = new SoftwareAuthenticator('http://patient.example.com');
  expect(outcome(await patient.client.startPasskey())).toBe('reauthentication-needed');
  await api.sql.query('update sessions set factor_proved_at = now() where patient_id = $1', [patient.id]);
  const credential = authenticator.create(answer(await patient.client.startPasskey()));
  const { id } = answer(await patient.client.addPasskey({ body: { name: 'My phone', credential } }));
  const browser = await waiting(patient, 'patient');
  expect(answer(await browser.getSignIn()).methods).toEqual(['passkey', 'phone']);
  const proof = authenticator.prove(answer(await browser.askForSignInPasskey()));
  answer(await browser.submitSignInPasskey({ body: { credential: proof } }));
  answer(await browser.removePasskey({ params: { passkeyId: id } }));
});
