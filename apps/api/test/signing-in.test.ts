import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApi, startApi } from './support/api.ts';
import { freshCode } from './support/authenticator.ts';
import { cookieJar } from './support/cookie-jar.ts';
import { addClinician, addPatient, addPractice, goodPassword, type Someone } from './support/people.ts';

let api: TestApi;
let doctor: Someone;
let patient: Someone;

beforeAll(async () => {
  api = await startApi();
  doctor = await addClinician(api, await addPractice(api));
  patient = await addPatient(api);
});
afterAll(() => api.close());

const signInAt = (portal: 'clinician' | 'patient', email: string, password = goodPassword) =>
  api.browser(portal).signIn({ body: { email, password } });

describe('signing in', () => {
  test('answers who one is, and sets a cookie that no script and no other host gets', async () => {
    const jar = cookieJar();
    const response = await jar.fetch(`${api.url}/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'casetalk-portal': 'clinician' },
      body: JSON.stringify({ email: ` ${doctor.email.toUpperCase()} `, password: goodPassword }),
    });
    expect(response.status).toBe(202);
    const waiting = jar.cookies.get('__Host-casetalk-clinician-sign-in');
    const proved = await jar.fetch(`${api.url}/v1/sign-ins/current/authenticator-code`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'casetalk-portal': 'clinician' },
      body: JSON.stringify({ code: await freshCode(api, doctor.email) }),
    });
    expect(proved.status).toBe(201);
    expect(await proved.json()).toMatchObject({ me: { kind: 'clinician', id: doctor.id } });
    expect(jar.cookies.get('__Host-casetalk-clinician')).not.toBe(waiting);
    expect(proved.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-casetalk-clinician-sign-in=;/),
      expect.stringMatching(
        /^__Host-casetalk-clinician=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
      ),
      expect.stringMatching(
        /^__Host-casetalk-clinician-device=[\w.-]+; Max-Age=15552000; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
      ),
    ]);
  });

  test('a wrong password and an unknown address read the same', async () => {
    const wrong = await signInAt('clinician', doctor.email, 'not the password');
    const unknown = await signInAt('clinician', 'nobody@example.com', 'not the password');
    const plain = (result: typeof wrong) => result.ok || { ...result.problem, instance: '' };
    expect(plain(wrong)).toMatchObject({ code: 'wrong-credentials', status: 401 });
    expect(plain(unknown)).toEqual(plain(wrong));
  });

  test('clinician and patient accounts are strictly apart', async () => {
    expect(await signInAt('patient', doctor.email)).toMatchObject({ problem: { code: 'wrong-credentials' } });
    expect(await signInAt('clinician', patient.email)).toMatchObject({
      problem: { code: 'wrong-credentials' },
    });
  });

  test('without a portal there is nobody to sign in', async () => {
    const response = await fetch(`${api.url}/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: doctor.email, password: goodPassword }),
    });
    expect(response.status).toBe(400);
  });

  test('fifty guesses at once: as many are judged as there are free tries, and one more', async () => {
    const victim = await addClinician(api, await addPractice(api));
    await api.sql.query('delete from sign_in_failures');
    const guesses = await Promise.all(
      Array.from({ length: 25 }, (_, index) => signInAt('clinician', victim.email, `guess number ${index}`)),
    );
    const judged = guesses.filter((guess) => !guess.ok && guess.problem.code === 'wrong-credentials');
    const turnedAway = guesses.filter((guess) => !guess.ok && guess.problem.code === 'too-many-tries');
    expect(judged).toHaveLength(6);
    expect(turnedAway).toHaveLength(19);
    // Even the right password has to wait now, and it is said for how long.
    const right = await signInAt('clinician', victim.email);
    expect(right).toMatchObject({
      problem: { code: 'too-many-tries', retryAfterSeconds: expect.any(Number) },
    });
    await api.sql.query(`update sign_in_failures set blocked_until = now() - interval '1 second'`);
    expect((await signInAt('clinician', victim.email)).ok).toBe(true);
  });
});

describe('a known device', () => {
  const guessWrongly = (email: string) =>
    Promise.all(Array.from({ length: 8 }, (_, index) => signInAt('patient', email, `guess number ${index}`)));

  test('lets the owner in while strangers’ guesses have the address wait', async () => {
    const owner = await addPatient(api, 'Walter Boone');
    await guessWrongly(owner.email);
    const credentials = { body: { email: owner.email, password: goodPassword } };
    expect(await api.browser('patient').signIn(credentials)).toMatchObject({
      problem: { code: 'too-many-tries' },
    });
    expect((await owner.client.signIn(credentials)).ok).toBe(true);
  });

  test('is no help against another account, and its own wrong guesses count too', async () => {
    const owner = await addPatient(api, 'Walter Boone');
    const stranger = await addPatient(api, 'Gideon Marsh');
    await guessWrongly(owner.email);
    const attempt = (client: Someone['client'], password: string) =>
      client.signIn({ body: { email: owner.email, password } });
    const refused = { problem: { code: 'too-many-tries' } };
    expect(await attempt(stranger.client, goodPassword)).toMatchObject(refused);
    for (let index = 0; index < 6; index += 1) await attempt(owner.client, `guess number ${index}`);
    expect(await attempt(owner.client, goodPassword)).toMatchObject(refused);
  });

  test.each([
    ['unsigned', 'none', ''],
    ['signed with another key', 'HS256', 'c2lnbmF0dXJl'],
  ])('is not made by a token that is %s', async (_name, alg, signature) => {
    const owner = await addPatient(api, 'Walter Boone');
    await guessWrongly(owner.email);
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { iss: 'casetalk', aud: 'patient', sub: owner.id, jti: 'device', exp: 4_000_000_000 };
    const token = `${part({ alg, typ: 'known-device+jwt' })}.${part(claims)}.${signature}`;
    const response = await fetch(`${api.url}/v1/sessions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'casetalk-portal': 'patient',
        cookie: `__Host-casetalk-patient-device=${token}`,
      },
      body: JSON.stringify({ email: owner.email, password: goodPassword }),
    });
    expect(response.status).toBe(429);
  });
});

describe('requests that a browser makes for another site', () => {
  test.each([
    ['Sec-Fetch-Site', { 'sec-fetch-site': 'cross-site' }],
    ['Origin', { origin: 'https://evil.example.com' }],
  ])('are refused by %s before anything happens', async (_name, headers) => {
    const response = await fetch(`${api.url}/v1/sessions`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'casetalk-portal': 'clinician' },
      body: JSON.stringify({ email: doctor.email, password: goodPassword }),
    });
    expect(response.status).toBe(403);
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json;charset=utf-7', ''])(
    'a body of type "%s" is no JSON',
    async (type) => {
      const response = await fetch(`${api.url}/v1/sessions`, {
        method: 'POST',
        headers: { ...(type ? { 'content-type': type } : {}), 'casetalk-portal': 'clinician' },
        body: Buffer.from(
          JSON.stringify({ email: doctor.email, password: goodPassword, role: 'administrator' }),
        ),
      });
      expect([400, 415]).toContain(response.status);
    },
  );
});
