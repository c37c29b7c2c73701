import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApi, startApi } from './support/api.ts';
import { cookieJar } from './support/cookie-jar.ts';
import {
  addClinician,
  addPatient,
  addPractice,
  goodPassword,
  knownDevice,
  signedIn,
  type Someone,
} from './support/people.ts';

let api: TestApi;
let doctor: Someone;
let patient: Someone;

beforeAll(async () => {
  api = await startApi();
  doctor = await addClinician(api, await addPractice(api));
  patient = await addPatient(api);
});
afterAll(() => api.close());

describe('a session', () => {
  test('of a patient opens nothing of the clinicians’, whatever the header says', async () => {
    const jar = cookieJar(await knownDevice(api, patient.email));
    const headers = { 'content-type': 'application/json', 'casetalk-portal': 'patient' };
    await jar.fetch(`${api.url}/v1/sessions`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ email: patient.email, password: goodPassword }),
    });
    const asPatient = await jar.fetch(`${api.url}/v1/cases`);
    expect(asPatient.status).toBe(404);
    const pretending = await jar.fetch(`${api.url}/v1/cases`, {
      headers: { 'casetalk-portal': 'clinician' },
    });
    expect(pretending.status).toBe(401);
    const value = jar.cookies.get('__Host-casetalk-patient') ?? '';
    const renamed = await fetch(`${api.url}/v1/cases`, {
      headers: { cookie: `__Host-casetalk-clinician=${value}` },
    });
    expect(renamed.status).toBe(401);
  });

  test('is over at once after signing out, its event stream included', async () => {
    const client = await signedIn(api, 'clinician', doctor.email);
    const ended = new Promise<void>((resolve) => {
      const stream = client.events({
        onEvent: (event) => event.type === 'session.ended' && (stream.close(), resolve()),
        onOpen: () => void client.signOut(),
      });
    });
    await ended;
    expect(await client.getMe()).toMatchObject({ ok: false, status: 401 });
  });

  test('ends by itself when nothing was asked for too long', async () => {
    const client = await signedIn(api, 'clinician', doctor.email);
    const session = await client.getSession();
    const id = session.ok ? session.data.sessionId : '';
    await api.sql.query(`update sessions set last_seen_at = now() - interval '15 minutes' where id = $1`, [
      id,
    ]);
    await expect.poll(async () => (await client.getMe()).status, { timeout: 5000 }).toBe(401);
  });

  test('is one of five at most: the oldest goes', async () => {
    const someone = await addPatient(api, 'Walter Boone');
    const more = [];
    for (let index = 0; index < 5; index += 1) more.push(await signedIn(api, 'patient', someone.email));
    expect(await someone.client.getMe()).toMatchObject({ status: 401 });
    const list = await more[4]?.listSessions();
    expect(list?.ok && list.data.data.map((session) => session.current)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  test('can be ended from another one, but not by somebody else', async () => {
    const here = await signedIn(api, 'clinician', doctor.email);
    const there = await signedIn(api, 'clinician', doctor.email);
    const session = await there.getSession();
    const params = { sessionId: session.ok ? session.data.sessionId : '' };
    expect(await patient.client.endSession({ params })).toMatchObject({ status: 404 });
    expect(await here.endSession({ params })).toMatchObject({ status: 204 });
    expect(await there.getMe()).toMatchObject({ status: 401 });
  });
});

describe('changing the password', () => {
  const opens = async (email: string, password: string) =>
    (await api.browser('clinician').signIn({ body: { email, password } })).ok;

  test('needs the present one, refuses a bad one with reasons, and ends every other session', async () => {
    const someone = await addClinician(api, await addPractice(api), 'doctor', 'Dr Lena Vogel');
    const elsewhere = await signedIn(api, 'clinician', someone.email);
    const change = (currentPassword: string, newPassword: string) =>
      someone.client.changePassword({ body: { currentPassword, newPassword } });
    expect(await change('wrong', 'four tall green ladders')).toMatchObject({
      problem: { code: 'wrong-credentials' },
    });
    expect(await change(goodPassword, 'password123')).toMatchObject({
      problem: { code: 'password-refused', unmet: ['length', 'notCommon'] },
    });
    expect(await change(goodPassword, 'LenaVogelLenaVogel7')).toMatchObject({
      problem: { unmet: ['notPersonal'] },
    });
    expect(await change(goodPassword, 'four tall green ladders')).toMatchObject({ status: 204 });
    expect(await elsewhere.getMe()).toMatchObject({ status: 401 });
    expect((await someone.client.getMe()).ok).toBe(true);
    expect(await opens(someone.email, 'four tall green ladders')).toBe(true);
    const mail = await api.mailroom.nextEmail({ to: someone.email });
    expect(mail.text).not.toContain('ladders');
  });

  test('a long password is not cut: another ending is another password', async () => {
    const long = `${'quiet harbor lanterns '.repeat(5)}one`;
    const someone = await addClinician(api, await addPractice(api));
    await someone.client.changePassword({ body: { currentPassword: goodPassword, newPassword: long } });
    expect(await opens(someone.email, `${long.slice(0, -3)}two`)).toBe(false);
    expect(await opens(someone.email, long)).toBe(true);
  });
});

describe('whatever the database is told of a session, every process hears', () => {
  /** Remembered for longer than the moment in which a look-up is believed in any case. */
  const remembered = async (someone: { email: string; portal: 'clinician' | 'patient' }) => {
    const client = await signedIn(api, someone.portal, someone.email);
    const session = await client.getSession();
    expect((await client.getMe()).status).toBe(200);
    return { client, id: session.ok ? session.data.sessionId : '' };
  };
  const statusOf = (client: Someone['client']) => async () => (await client.getMe()).status;
  const soon = { timeout: 5000, interval: 20 };

  test('that it is gone, whoever removed it', async () => {
    const { client, id } = await remembered({ email: doctor.email, portal: 'clinician' });
    await api.sql.query('delete from sessions where id = $1', [id]);
    await expect.poll(statusOf(client), soon).toBe(401);
  });

  test('that many are gone at once', async () => {
    const someone = await addPatient(api, 'Ines Farrow');
    const { client, id } = await remembered({ email: someone.email, portal: 'patient' });
    await api.sql.query(
      `insert into sessions (id, portal, patient_id, token_hash, device, expires_at)
       select gen_random_uuid(), 'patient', patient_id, sha256(n::text::bytea), device, expires_at
       from sessions, generate_series(1, 400) n where id = $1`,
      [id],
    );
    await api.sql.query(
      'delete from sessions where patient_id = (select patient_id from sessions where id = $1)',
      [id],
    );
    await expect.poll(statusOf(client), soon).toBe(401);
  });

  test('that its time is over', async () => {
    const { client, id } = await remembered({ email: doctor.email, portal: 'clinician' });
    await api.sql.query('update sessions set expires_at = now() where id = $1', [id]);
    await expect.poll(statusOf(client), soon).toBe(401);
  });

  test('that the account is closed', async () => {
    const someone = await addPatient(api, 'Otto Brandt');
    const { client } = await remembered({ email: someone.email, portal: 'patient' });
    await api.sql.query('update patients set disabled_at = now() where email = $1', [someone.email]);
    await expect.poll(statusOf(client), soon).toBe(401);
  });

  test('that its owner’s terms or role have changed', async () => {
    const someone = await addPatient(api, 'Rosa Lind');
    const { client } = await remembered({ email: someone.email, portal: 'patient' });
    expect((await client.listTalks({})).status).toBe(200);
    await api.sql.query(`update patients set terms_version = '2001-01-01' where email = $1`, [someone.email]);
    await expect.poll(async () => (await client.listTalks({})).status, soon).toBe(403);
  });
});
