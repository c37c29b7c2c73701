import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApi, startApi } from './support/api.ts';
import { type DatabaseLine, databaseLine } from './support/database-line.ts';
import { newInvitee } from './support/invitee.ts';
import { addCase, addClinician, addPatient, addPractice, openTalk, type Someone } from './support/people.ts';
import { type RawSession, rawSession } from './support/raw-session.ts';
import { answer } from './support/result.ts';
import { listen } from './support/stream.ts';

let line: DatabaseLine;
let api: TestApi;
let doctor: Someone;
let patient: Someone;
let talkId: string;
let raw: RawSession;

beforeAll(async () => {
  line = await databaseLine();
  api = await startApi({}, line.through);
  doctor = await addClinician(api, await addPractice(api));
  patient = await addPatient(api);
  talkId = await openTalk(doctor, await addCase(doctor), patient);
  raw = await rawSession(api, 'clinician', doctor.email);
});
afterAll(async () => {
  await api.close();
  await line.close();
});

/** Every kind of door to the database: the session's look-up, a transaction, a pipeline, one that also writes. */
const asks: (() => Promise<Response>)[] = [
  () => raw.fetch('/v1/me'),
  () => raw.fetch('/v1/cases'),
  () => raw.fetch(`/v1/talks/${talkId}/messages`),
  () =>
    raw.fetch(`/v1/talks/${talkId}/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify({ text: 'Are you better?', attachmentIds: [] }),
    }),
  () =>
    fetch(`${api.url}/v1/sessions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'casetalk-portal': 'patient',
        'x-forwarded-for': `198.18.99.${Math.floor(Math.random() * 255)}`,
      },
      body: JSON.stringify({ email: `${crypto.randomUUID()}@example.com`, password: 'seven quiet lanterns' }),
    }),
];

/** Goes on asking until `isOver`, and then once more. @returns the answers that a person must never see */
async function askUntil(isOver: Promise<void>): Promise<string[]> {
  const wrong: string[] = [];
  let over = false;
  void isOver.then(() => {
    over = true;
  });
  while (!over) {
    for (const response of await Promise.all(asks.map((ask) => ask()))) {
      const { status, headers } = response;
      await response.arrayBuffer();
      if (status === 503 ? headers.has('retry-after') : status < 500) continue;
      wrong.push(`${status} ${response.url.replace(api.url, '')}`);
    }
  }
  return wrong;
}

async function expectAllWell(): Promise<void> {
  const responses = await Promise.all(asks.map((ask) => ask()));
  expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 201, 401]);
}

const untilReady = async (): Promise<void> => {
  while ((await fetch(`${api.url}/readyz`)).status !== 200);
};

test('answers 503 while the database is away, and goes on by itself when it is back', async () => {
  const stream = await listen(patient.client);
  for (let round = 0; round < 5; round += 1) {
    const asking = askUntil(
      (async () => {
        await fetch(`${api.url}/livez`);
        await line.cut();
        expect((await fetch(`${api.url}/readyz`)).status).toBe(503);
        expect((await fetch(`${api.url}/livez`)).status).toBe(200);
        await line.restore();
        await untilReady();
      })(),
    );
    expect(await asking).toEqual([]);
  }
  await expectAllWell();
  stream.close();
});

test('answers 503 to what an administrator’s shutdown interrupts', async () => {
  for (let round = 0; round < 5; round += 1) {
    const asking = askUntil(
      (async () => {
        await fetch(`${api.url}/livez`);
        await api.sql.query(`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()`);
        await untilReady();
      })(),
    );
    expect(await asking).toEqual([]);
  }
  await expectAllWell();
});

test('tells open portals to ask again for what they may have missed', async () => {
  let opened = 0;
  const again = Promise.withResolvers<void>();
  const subscription = patient.client.events({
    onOpen() {
      opened += 1;
      if (opened === 2) again.resolve();
    },
    onEvent: () => undefined,
  });
  await untilReady();
  while (opened === 0) await fetch(`${api.url}/livez`);
  await line.cut();
  await line.restore();
  await again.promise;
  expect(opened).toBe(2);
  subscription.close();
});

test('live updates and the worker come back without a restart', async () => {
  await line.cut();
  await line.restore();
  await untilReady();
  const { email } = newInvitee();
  const caseId = await addCase(doctor);
  answer(await doctor.client.createInvitation({ params: { caseId }, body: { email } }));
  expect((await api.mailroom.nextEmail({ to: email })).text).toContain('/invitation#');

  // As a portal does: what a stream says, and a stream that opens again, both make it ask.
  const opened = Promise.withResolvers<void>();
  const seen = Promise.withResolvers<void>();
  let text: string | undefined;
  const ask = async (): Promise<void> => {
    const { data } = answer(await patient.client.listMessages({ params: { talkId } }));
    if (data.some((message) => message.text === text)) seen.resolve();
  };
  const subscription = patient.client.events({
    onOpen() {
      opened.resolve();
      void ask();
    },
    onEvent: () => void ask(),
  });
  await opened.promise;
  text = 'And now?';
  answer(await doctor.client.sendMessage({ params: { talkId }, body: { text } }));
  await seen.promise;
  subscription.close();
});
