import type { Client } from '@casetalk/client';
import { endpoints, type Endpoint } from '@casetalk/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sessionCookie, signInCookie } from '../src/plugins/cookies.ts';
import { type TestApi, startApi } from './support/api.ts';
import {
  codeOf,
  enrol,
  freshCode,
  giveAuthenticator,
  passWaits,
  setupKeyOf,
  withoutFactors,
} from './support/authenticator.ts';
import { cookieJar } from './support/cookie-jar.ts';
import { addClinician, addPractice, goodPassword, signedIn, type Someone } from './support/people.ts';
import { answer, outcome } from './support/result.ts';

let api: TestApi;
let practice: string;

beforeAll(async () => {
  api = await startApi();
  practice = await addPractice(api);
});
afterAll(() => api.close());

const newcomer = async (): Promise<Someone> => {
  const someone = await addClinician(api, practice);
  await withoutFactors(api, someone.id);
  return someone;
};

/** A browser in which the right password was given. */
async function waiting({ email }: Pick<Someone, 'email'>): Promise<Client> {
  const client = api.browser('clinician');
  const progress = answer(await client.signIn({ body: { email, password: goodPassword } }));
  expect(progress).toMatchObject({ step: expect.any(String) });
  return client;
}

const wrongBeside = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

describe('the first sign-in of a clinician', () => {
  test('asks for a second factor to be set up, and nothing else goes before it', async () => {
    const { email } = await newcomer();
    const client = await waiting({ email });
    expect(answer(await client.getSignIn())).toMatchObject({
      step: 'enrolment',
      methods: ['passkey', 'authenticator'],
      delivery: [],
      verification: null,
    });
    expect(outcome(await client.getMe())).toBe('unauthenticated');
    expect(await enrol(client, email)).toHaveLength(10);
    expect(outcome(await client.getMe())).toBe('ok');
    const factors = answer(await client.listSecondFactors());
    expect(factors).toMatchObject({ recoveryCodesLeft: 10, methods: ['authenticator', 'recoveryCode'] });
    const subjects = async () => (await api.mailroom.emails({ to: email })).map(({ subject }) => subject);
    await expect.poll(subjects).toContain('An authenticator app was added');
  });

  test('gives the same setup key when asked again, and none that is not proved', async () => {
    const someone = await newcomer();
    const client = await waiting(someone);
    const first = answer(await client.startSignInAuthenticator());
    const again = answer(await client.startSignInAuthenticator());
    expect(again).toEqual(first);
    expect(first.setupKey).toMatch(/^[A-Z2-7]{32}$/);
    expect(new URL(first.uri).searchParams.get('secret')).toBe(first.setupKey);
    const code = wrongBeside(codeOf(first.setupKey));
    expect(outcome(await client.confirmSignInAuthenticator({ body: { code } }))).toBe('code-wrong');
    expect(outcome(await client.getMe())).toBe('unauthenticated');
  });

  test('of two browsers, only the first to prove a factor sets one up', async () => {
    const { email, id } = await newcomer();
    const [one, other] = [await waiting({ email }), await waiting({ email })];
    const keys = await Promise.all([one, other].map(async (b) => answer(await b.startSignInAuthenticator())));
    const results = await Promise.all(
      [one, other].map((browser, index) =>
        browser.confirmSignInAuthenticator({ body: { code: codeOf(keys[index]?.setupKey ?? '') } }),
      ),
    );
    expect(results.map(outcome).toSorted()).toEqual(['ok', 'state-conflict']);
    const { rows } = await api.sql.query('select from authenticators where clinician_id = $1', [id]);
    expect(rows).toHaveLength(1);
  });

  test('the secret is sealed, and so are the recovery codes', async () => {
    const { email, id } = await newcomer();
    const client = await waiting({ email });
    const codes = await enrol(client, email);
    const { rows } = await api.sql.query<{ dump: string }>(
      `select (select encode(sealed_secret, 'escape') from authenticators where clinician_id = $1)
        || (select string_agg(encode(code_hash, 'escape'), ' ') from recovery_codes where clinician_id = $1) as dump`,
      [id],
    );
    const dump = rows[0]?.dump ?? '';
    for (const secret of [setupKeyOf(email), ...codes]) expect(dump).not.toContain(secret);
  });
});

describe('a sign-in that waits for its second factor', () => {
  test('opens no other route, whatever its cookie is called', async () => {
    const someone = await addClinician(api, practice);
    const jar = cookieJar();
    await jar.fetch(`${api.url}/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'casetalk-portal': 'clinician' },
      body: JSON.stringify({ email: someone.email, password: goodPassword }),
    });
    const secret = jar.cookies.get(signInCookie('clinician')) ?? '';
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(jar.cookies.has(sessionCookie('clinician'))).toBe(false);
    const closed = Object.values<Endpoint>(endpoints).filter(
      ({ access }) => access.includes('clinician') || access.includes('patient'),
    );
    expect(closed.length).toBeGreaterThan(50);
    for (const { method, path } of closed) {
      for (const name of [signInCookie('clinician'), sessionCookie('clinician'), sessionCookie('patient')]) {
        const response = await fetch(
          `${api.url}${path.replaceAll(/\{\w+\}/g, '01930000-0000-7000-8002-000000000001')}`,
          { method, headers: { cookie: `${name}=${secret}`, 'x-forwarded-for': freshAddress() } },
        );
        expect([method, path, response.status]).toEqual([method, path, 401]);
        await response.body?.cancel();
      }
    }
    const elsewhere = await fetch(`${api.url}/v1/sign-ins/current`, {
      headers: { cookie: `${signInCookie('patient')}=${secret}`, 'casetalk-portal': 'patient' },
    });
    expect(elsewhere.status).toBe(401);
  });

  test('is over after ten minutes, when it is cancelled, and once it led to a session', async () => {
    const someone = await addClinician(api, practice);
    const late = await waiting(someone);
    await api.sql.query(`update factor_ceremonies set expires_at = now() where session_id is null`);
    expect(outcome(await late.getSignIn())).toBe('unauthenticated');
    const code = await freshCode(api, someone.email);
    expect(outcome(await late.submitSignInAuthenticatorCode({ body: { code } }))).toBe('unauthenticated');

    const cancelled = await waiting(someone);
    answer(await cancelled.cancelSignIn());
    expect(outcome(await cancelled.getSignIn())).toBe('unauthenticated');

    const done = await waiting(someone);
    answer(await done.submitSignInAuthenticatorCode({ body: { code: await freshCode(api, someone.email) } }));
    expect(outcome(await done.getSignIn())).toBe('not-found');
  });

  test('ends with the password that it began with', async () => {
    const someone = await addClinician(api, practice);
    const stranger = await waiting(someone);
    answer(
      await someone.client.changePassword({
        body: { currentPassword: goodPassword, newPassword: 'four tall green ladders' },
      }),
    );
    expect(outcome(await stranger.getSignIn())).toBe('unauthenticated');
  });
});

describe('the code of an authenticator app', () => {
  test('works once, at five browsers at once', async () => {
    const someone = await addClinician(api, practice);
    const browsers = await Promise.all(Array.from({ length: 5 }, () => waiting(someone)));
    const code = await freshCode(api, someone.email);
    const results = await Promise.all(
      browsers.map((browser) => browser.submitSignInAuthenticatorCode({ body: { code } })),
    );
    expect(results.map(outcome).filter((one) => one === 'ok')).toHaveLength(1);
    await passWaits(api);
    const later = await waiting(someone);
    expect(outcome(await later.submitSignInAuthenticatorCode({ body: { code } }))).toBe('code-wrong');
  });

  test('may be one step old or one step new, and never older than the last', async () => {
    const someone = await addClinician(api, practice);
    const key = setupKeyOf(someone.email);
    const tried = async (steps: number): Promise<string> => {
      const browser = await waiting(someone);
      return outcome(await browser.submitSignInAuthenticatorCode({ body: { code: codeOf(key, steps) } }));
    };
    await freshCode(api, someone.email);
    expect([await tried(-3), await tried(3)]).toEqual(['code-wrong', 'code-wrong']);
    expect(await tried(1)).toBe('ok');
    expect([await tried(0), await tried(-1)]).toEqual(['code-wrong', 'code-wrong']);
  });

  test('cannot be guessed: of 1000 guesses at once a handful are judged, and the owner gets in again', async () => {
    const someone = await addClinician(api, practice);
    const jar = cookieJar();
    const sent = { 'content-type': 'application/json', 'casetalk-portal': 'clinician' };
    await jar.fetch(`${api.url}/v1/sessions`, {
      method: 'POST',
      headers: sent,
      body: JSON.stringify({ email: someone.email, password: goodPassword }),
    });
    const cookie = `${signInCookie('clinician')}=${jar.cookies.get(signInCookie('clinician')) ?? ''}`;
    await api.sql
      .query(`delete from audit_events where action = 'secondFactor.prove'`)
      .catch(() => undefined);
    const before = await judged(someone.id);
    const statuses = await Promise.all(
      Array.from({ length: 1000 }, async (_, guess) => {
        const response = await fetch(`${api.url}/v1/sign-ins/current/authenticator-code`, {
          method: 'POST',
          headers: { ...sent, cookie, 'x-forwarded-for': freshAddress() },
          body: JSON.stringify({ code: String(guess).padStart(6, '0') }),
        });
        await response.body?.cancel();
        return response.status;
      }),
    );
    expect(new Set(statuses).has(201)).toBe(false);
    expect((await judged(someone.id)) - before).toBeLessThanOrEqual(6);
    await passWaits(api);
    expect((await signedIn(api, 'clinician', someone.email)).getMe).toBeTypeOf('function');
  });

  test('is waited for longer and longer, also at another sign-in, and not by the owner’s own browser', async () => {
    const someone = await addClinician(api, practice);
    for (let index = 0; index < 6; index += 1) {
      const browser = await waiting(someone);
      const code = wrongBeside(codeOf(setupKeyOf(someone.email)));
      expect(outcome(await browser.submitSignInAuthenticatorCode({ body: { code } }))).toBe('code-wrong');
    }
    const code = await freshCode(api, someone.email);
    const refused = await (await waiting(someone)).submitSignInAuthenticatorCode({ body: { code } });
    expect(refused.ok ? null : refused.problem).toMatchObject({
      code: 'too-many-tries',
      retryAfterSeconds: expect.any(Number),
    });
    const own = someone.client;
    answer(await own.signIn({ body: { email: someone.email, password: goodPassword } }));
    answer(await own.submitSignInAuthenticatorCode({ body: { code } }));
  });
});

describe('a recovery code', () => {
  test('signs in once, in any writing, and its owner hears of it', async () => {
    const { email } = await newcomer();
    const codes = await enrol(await waiting({ email }), email);
    const [code = ''] = codes;
    const browsers = await Promise.all(Array.from({ length: 4 }, () => waiting({ email })));
    const results = await Promise.all(
      browsers.map((browser) =>
        browser.submitSignInRecoveryCode({ body: { code: code.toUpperCase().replaceAll('-', ' ') } }),
      ),
    );
    expect(results.map(outcome).filter((one) => one === 'ok')).toHaveLength(1);
    const subjects = async () => (await api.mailroom.emails({ to: email })).map(({ subject }) => subject);
    await expect.poll(subjects).toContain('A recovery code was used');
  });

  test('of another clinician does not', async () => {
    const [one, other] = [await newcomer(), await newcomer()];
    const [code = ''] = await enrol(await waiting(one), one.email);
    await enrol(await waiting(other), other.email);
    const browser = await waiting(other);
    expect(outcome(await browser.submitSignInRecoveryCode({ body: { code } }))).toBe('code-wrong');
  });

  test('is nothing to start with while there is no factor', async () => {
    const { email, id } = await newcomer();
    const [code = ''] = await enrol(await waiting({ email }), email);
    await withoutFactors(api, id);
    const browser = await waiting({ email });
    expect(answer(await browser.getSignIn()).step).toBe('enrolment');
    expect(outcome(await browser.submitSignInRecoveryCode({ body: { code } }))).toBe('code-wrong');
    await giveAuthenticator(api, id, email);
  });
});

/** How many proofs of a person were judged, by what the audit says. */
async function judged(personId: string): Promise<number> {
  const { rows } = await api.sql.query<{ count: number }>(
    `select count(*)::int as count from audit_events where action = 'secondFactor.prove' and resource_id = $1`,
    [personId],
  );
  return rows[0]?.count ?? 0;
}

let addresses = 0;

/** Limits by network are another test's matter. */
function freshAddress(): string {
  addresses += 1;
  return `198.19.${Math.floor(addresses / 250) % 250}.${(addresses % 250) + 1}`;
}
