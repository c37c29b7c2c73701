import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApi, startApi } from './support/api.ts';
import { invitationOf, invite, newInvitee } from './support/invitee.ts';
import { addCase, addClinician, addPatient, addPractice, type Someone } from './support/people.ts';
import { rawSession } from './support/raw-session.ts';
import { answer, outcome } from './support/result.ts';
import { listen } from './support/stream.ts';

let api: TestApi;
let practice: string;
let doctor: Someone;

beforeAll(async () => {
  api = await startApi();
  practice = await addPractice(api);
  doctor = await addClinician(api, practice);
});
afterAll(() => api.close());

describe('a closed case', () => {
  test('takes no invitation, and still repeats the answer of an earlier one', async () => {
    const caseId = await addCase(doctor);
    const body = newInvitee();
    const idempotencyKey = crypto.randomUUID();
    const invite = (key: string) =>
      doctor.client.createInvitation({ params: { caseId }, body }, { idempotencyKey: key });
    const first = answer(await invite(idempotencyKey));
    answer(await doctor.client.revokeInvitation({ params: { invitationId: first.id } }));
    answer(
      await doctor.client.updateCase({ params: { caseId }, body: { status: 'closed' } }, { ifMatch: 1 }),
    );
    expect(outcome(await invite(crypto.randomUUID()))).toBe('state-conflict');
    expect(answer(await invite(idempotencyKey)).id).toBe(first.id);
  });
});

describe('the link of an invitation that another one has followed', () => {
  test('brings nothing back once the later one has ended', async () => {
    const caseId = await addCase(doctor);
    const wrong = newInvitee();
    const { invitation, token } = await invite(api, doctor, caseId, wrong);
    await api.sql.query(`update invitations set state = 'expired', expires_at = now() where id = $1`, [
      invitation.id,
    ]);
    const later = await invite(api, doctor, caseId, newInvitee());
    answer(await doctor.client.revokeInvitation({ params: { invitationId: later.invitation.id } }));
    answer(await api.browser('patient').renewInvitationLink({ body: { token } }));
    expect((await invitationOf(doctor, invitation.id)).state).toBe('expired');
    expect(await api.mailroom.emails({ to: wrong.email })).toHaveLength(1);
  });
});

describe('a disabled account', () => {
  test('keeps no session and no open stream', async () => {
    const clinician = await addClinician(api, practice);
    const patient = await addPatient(api);
    const streams = await Promise.all([listen(clinician.client), listen(patient.client)]);
    await api.sql.query('update clinicians set disabled_at = now() where id = $1', [clinician.id]);
    await api.sql.query('update patients set disabled_at = now() where id = $1', [patient.id]);
    for (const { client } of [clinician, patient]) {
      await expect.poll(async () => outcome(await client.getMe()), { timeout: 5000 }).toBe('unauthenticated');
    }
    for (const stream of streams) {
      // Well before streams are next asked after: the database says so itself.
      const ended = () => stream.seen.some(({ type }) => type === 'session.ended');
      await expect.poll(ended, { timeout: 5000 }).toBe(true);
      stream.close();
    }
  });
});

describe('the event stream', () => {
  test('is not there for HEAD, which would leave one open', async () => {
    const { fetch } = await rawSession(api, 'clinician', doctor.email);
    const open = api.deps.events.size;
    const head = await fetch('/v1/events', { method: 'HEAD', headers: { accept: 'text/event-stream' } });
    expect(head.status).toBe(404);
    expect(await head.text()).toBe('');
    expect(api.deps.events.size).toBe(open);
  });

  test('is opened so often by one session and no more', async () => {
    const { headers } = await rawSession(api, 'clinician', doctor.email);
    const leaving = new AbortController();
    const open = () =>
      fetch(`${api.url}/v1/events`, {
        headers: { ...headers(), accept: 'text/event-stream' },
        signal: leaving.signal,
      });
    const statuses = [];
    for (let tab = 0; tab < 31; tab += 1) statuses.push((await open()).status);
    expect(statuses).toEqual([...Array<number>(30).fill(200), 429]);
    leaving.abort();
    await expect.poll(() => api.deps.events.size).toBe(0);
  });
});
