import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from './support/api.ts';
import { cookieJar } from './support/cookie-jar.ts';
import { addPatient, goodPassword, knownDevice, type Someone } from './support/people.ts';

let api: TestApi;
let patient: Someone;

beforeAll(async () => {
  api = await startApi();
  patient = await addPatient(api);
});
afterAll(() => api.close());

const signInAt = (portal: 'clinician' | 'patient', email: string, password = goodPassword) =>
  api.browser(portal).signIn({ body: { email, password } });

describe('signing in', () => {
  test('that is refused is written down, for addresses with an account and without alike', async () => {
    const recorded = async () =>
      (
        await api.sql.query(
          `select resource_id as about, actor_kind as by, outcome from audit_events
           where action = 'signIn.begin' and outcome = 'refused' order by tx, id`,
        )
      ).rows;
    const before = (await recorded()).length;
    await signInAt('patient', patient.email, 'not the password');
    await signInAt('patient', 'nobody-at-all@example.com', 'not the password');
    expect((await recorded()).slice(before)).toEqual([
      { about: patient.id, by: 'anyone', outcome: 'refused' },
      { about: null, by: 'anyone', outcome: 'refused' },
    ]);
  });

  test('anew leaves nothing of the session that the browser still held', async () => {
    const jar = cookieJar(await knownDevice(api, patient.email));
    const signIn = () =>
      jar.fetch(`${api.url}/v1/sessions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'casetalk-portal': 'patient' },
        body: JSON.stringify({ email: patient.email, password: goodPassword }),
      });
    expect((await signIn()).status).toBe(201);
    const first = `__Host-casetalk-patient=${jar.cookies.get('__Host-casetalk-patient')}`;
    expect((await fetch(`${api.url}/v1/me`, { headers: { cookie: first } })).status).toBe(200);
    expect((await signIn()).status).toBe(201);
    expect((await fetch(`${api.url}/v1/me`, { headers: { cookie: first } })).status).toBe(401);
    expect((await jar.fetch(`${api.url}/v1/me`)).status).toBe(200);
  });

  test('makes a hash of an old make anew, and the password stays the same', async () => {
    const someone = await addPatient(api);
    const hash = async (): Promise<string> => {
      const { rows } = await api.sql.query<{ hash: string }>(
        'select password_hash as hash from patients where id = $1',
        [someone.id],
      );
      return rows[0]?.hash ?? '';
    };
    const old = `v1:${(await hash()).split(':')[2]}`;
    await api.sql.query('update patients set password_hash = $2 where id = $1', [someone.id, old]);
    await signInAt('patient', someone.email, 'not the password');
    expect(await hash()).toBe(old);
    expect((await signInAt('patient', someone.email)).ok).toBe(true);
    const renewed = await hash();
    expect(renewed).toMatch(/^v2:[0-9a-f]{8}:\$2b\$/);
    expect((await signInAt('patient', someone.email)).ok).toBe(true);
    expect(await hash()).toBe(renewed);
  });
});
