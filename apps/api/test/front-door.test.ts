import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApi, startApi } from './support/api.ts';
import { newInvitee } from './support/invitee.ts';
import {
  addCase,
  addClinician,
  addPatient,
  addPractice,
  knownDevice,
  type Someone,
} from './support/people.ts';
import { type RawSession, rawSession } from './support/raw-session.ts';
import { answer } from './support/result.ts';

let api: TestApi;
let doctor: Someone;
let patient: Someone;
let session: RawSession;

beforeAll(async () => {
  api = await startApi();
  doctor = await addClinician(api, await addPractice(api));
  patient = await addPatient(api);
  session = await rawSession(api, 'clinician', doctor.email);
});
afterAll(() => api.close());

const json = { 'content-type': 'application/json' };
const newCase = JSON.stringify({ patientName: 'Ana Ruiz', patientBirthDate: '1988-04-17', title: 'Wrist' });
const cases = async () => (await api.sql.query('select count(*)::int as n from cases')).rows[0].n as number;

describe('a request from another site', () => {
  test.each([
    ['that the browser names', { ...json, 'sec-fetch-site': 'cross-site' }, 403],
    ['of a sibling host', { ...json, 'sec-fetch-site': 'same-site' }, 403],
    ['with a foreign origin', { ...json, origin: 'https://evil.example.com' }, 403],
    ['with an origin that is hidden', { ...json, origin: 'null' }, 403],
    [
      'whose origin begins like ours',
      { ...json, origin: 'http://clinician.example.com.evil.example.com' },
      403,
    ],
    ['sent as plain text', { 'content-type': 'text/plain' }, 415],
    ['sent as a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['sent as JSON in disguise', { 'content-type': 'application/jsonp' }, 415],
  ])('%s writes nothing', async (_, headers, status) => {
    const before = await cases();
    const response = await session.fetch('/v1/cases', {
      method: 'POST',
      headers: { ...headers, 'idempotency-key': crypto.randomUUID() },
      body: newCase,
    });
    expect(response.status).toBe(status);
    expect(await cases()).toBe(before);
  });
});

describe('a cookie', () => {
  test('opens nothing under another name or in another portal', async () => {
    const cookie = session.headers()['cookie'] ?? '';
    const value = /__Host-casetalk-clinician=([\w-]+)/.exec(cookie)?.[1] ?? '';
    for (const name of ['patient', 'registration', 'clinician-reset', 'patient-reset', 'clinician-device']) {
      const response = await fetch(`${api.url}/v1/me`, {
        headers: { cookie: `__Host-casetalk-${name}=${value}` },
      });
      expect(response.status).toBe(401);
    }
    const elsewhere = await fetch(`${api.url}/v1/me`, { headers: { cookie, 'casetalk-portal': 'patient' } });
    expect(elsewhere.status).toBe(401);
  });

  test('planted before signing in is not the session', async () => {
    const planted = 'a'.repeat(43);
    const [known] = Object.entries(await knownDevice(api, patient.email)).map((pair) => pair.join('='));
    const response = await fetch(`${api.url}/v1/sessions`, {
      method: 'POST',
      headers: {
        ...json,
        'casetalk-portal': 'patient',
        cookie: `__Host-casetalk-patient=${planted}; ${known}`,
      },
      body: JSON.stringify({ email: patient.email, password: 'seven quiet lanterns' }),
    });
    expect(response.status).toBe(201);
    expect(response.headers.getSetCookie().join()).not.toContain(planted);
    const me = await fetch(`${api.url}/v1/me`, { headers: { cookie: `__Host-casetalk-patient=${planted}` } });
    expect(me.status).toBe(401);
  });
});

test('no header of a request gets into a link', async () => {
  const forged = {
    ...json,
    host: 'evil.example.com',
    'x-forwarded-host': 'evil.example.com',
    'x-forwarded-proto': 'gopher',
    forwarded: 'host=evil.example.com',
    'casetalk-portal': 'patient',
  };
  const invitee = newInvitee();
  const caseId = await addCase(doctor);
  const invited = await session.fetch(`/v1/cases/${caseId}/invitations`, {
    method: 'POST',
    headers: { ...forged, 'casetalk-portal': 'clinician', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify(invitee),
  });
  expect(invited.status).toBe(201);
  const reset = await fetch(`${api.url}/v1/password-resets`, {
    method: 'POST',
    headers: forged,
    body: JSON.stringify({ email: patient.email }),
  });
  expect(reset.status).toBe(202);
  for (const to of [invitee.email, patient.email]) {
    const { html, text } = await api.mailroom.nextEmail({ to });
    expect(text).toContain('http://patient.example.com/');
    expect(`${html}${text}`).not.toContain('evil');
  }
});

describe('the network that a request counts for', () => {
  const guessFrom = async (address: string): Promise<number> => {
    const response = await fetch(`${api.url}/v1/invitation-links/look-up`, {
      method: 'POST',
      headers: { ...json, 'x-forwarded-for': address },
      body: JSON.stringify({ token: 'a'.repeat(43) }),
    });
    return response.status;
  };
  const refusedOf = async (addresses: string[]): Promise<number> => {
    const statuses = [];
    for (const address of addresses) statuses.push(await guessFrom(address));
    return statuses.filter((status) => status === 429).length;
  };

  test('is one for all addresses of an IPv6 /64', async () => {
    const hosts = Array.from({ length: 70 }, (_, host) => `2001:db8:1:2::${(host + 1).toString(16)}`);
    expect(await refusedOf(hosts)).toBe(10);
    expect(await guessFrom('2001:db8:1:3::1')).toBe(200);
  });

  test('is not what the caller says of itself', async () => {
    const lies = Array.from({ length: 70 }, (_, lie) => `192.0.2.${lie}, 198.51.100.7`);
    expect(await refusedOf(lies)).toBe(10);
  });
});

describe('a key for one act', () => {
  test('does not serve for another act, nor for another person’s', async () => {
    const key = { 'idempotency-key': crypto.randomUUID() };
    const make = (caller: RawSession, body: string) =>
      caller.fetch('/v1/cases', { method: 'POST', headers: { ...json, ...key }, body });
    const first = await make(session, newCase);
    const { id } = (await first.json()) as { id: string };
    expect(first.status).toBe(201);
    const invited = await session.fetch(`/v1/cases/${id}/invitations`, {
      method: 'POST',
      headers: { ...json, ...key },
      body: JSON.stringify(newInvitee()),
    });
    expect(invited.status).toBe(422);
    expect((await make(session, newCase.replace('Wrist', 'Hip'))).status).toBe(422);
    const other = await addClinician(api, await addPractice(api));
    const theirs = await make(await rawSession(api, 'clinician', other.email), newCase);
    expect(((await theirs.json()) as { id: string }).id).not.toBe(id);
    expect(answer(await doctor.client.listCases({ query: { search: 'Wrist' } })).total).toBe(1);
  });
});

test.each(['', '*', 'W/"1"', '"1", "2"', '"-1"', '"1e3"', '"99999999999"', '1 or 1=1'])(
  'If-Match: %s changes nothing',
  async (ifMatch) => {
    const caseId = await addCase(doctor);
    const response = await session.fetch(`/v1/cases/${caseId}`, {
      method: 'PATCH',
      headers: { ...json, 'if-match': ifMatch },
      body: JSON.stringify({ title: 'Hip' }),
    });
    expect(response.status).toBe(400);
  },
);
