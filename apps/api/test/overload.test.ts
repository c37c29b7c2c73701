import { randomUUID } from 'node:crypto';
import { afterEach, afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { buildApp } from '../src/app.ts';
import { startApi, type TestApi } from './support/api.ts';
import { type DatabaseLine, databaseLine } from './support/database-line.ts';
import { addCase, addClinician, addPatient, addPractice, openTalk, type Someone } from './support/people.ts';
import { type RawSession, rawSession } from './support/raw-session.ts';

const size = 4;
let line: DatabaseLine;
let api: TestApi;
let doctor: Someone;
let raw: RawSession;
let talkId: string;

beforeAll(async () => {
  line = await databaseLine();
  api = await startApi({ DATABASE_POOL_SIZE: String(size) }, line.through, { withWorker: false });
  doctor = await addClinician(api, await addPractice(api));
  talkId = await openTalk(doctor, await addCase(doctor), await addPatient(api));
  raw = await rawSession(api, 'clinician', doctor.email);
});
afterAll(async () => {
  await api.close();
  await line.close();
});

const list = () => raw.fetch(`/v1/talks/${talkId}/messages`);
const send = () =>
  raw.fetch(`/v1/talks/${talkId}/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify({ text: 'Are you better?', attachmentIds: [] }),
  });
const addsCase = () =>
  raw.fetch('/v1/cases', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify({ title: 'Left knee', patientName: 'Ana Ruiz', patientBirthDate: '1988-04-17' }),
  });

/** What each was told. Whoever is sent away is told when to come again. */
async function statuses(asking: readonly Promise<Response>[]): Promise<number[]> {
  const answers = await Promise.all(asking);
  for (const { status, headers } of answers) {
    const wait = Number(headers.get('retry-after') ?? NaN);
    expect(status < 500 || (wait >= 1 && wait <= 3)).toBe(true);
  }
  return answers.map(({ status }) => status);
}
const many = (count: number, ask: () => Promise<Response>): Promise<Response>[] =>
  Array.from({ length: count }, ask);
const used = (): number => api.deps.db.connections().total - api.deps.db.connections().idle;
const untilWell = () => vi.waitUntil(async () => (await list()).status === 200, { timeout: 10_000 });

describe('a database that stands still, with every connection open', () => {
  afterEach(() => line.restore());

  test('costs whoever asks a 503 after five seconds at most, and those who come later nothing', async () => {
    await untilWell();
    line.freeze();
    const inside = many(size, list);
    await vi.waitUntil(() => used() === size, { interval: 5, timeout: 4000 });
    const waiting = many(60, list);
    expect(await statuses(waiting)).toEqual(Array(60).fill(503));

    // Nobody has come out for as long as anybody may wait: one waits to find out, and no queue grows behind it.
    const scout = list();
    await vi.waitUntil(() => api.deps.db.connections().waiting === 1, { interval: 5, timeout: 4000 });
    let longest = 0;
    const counting = setInterval(() => {
      longest = Math.max(longest, api.deps.db.connections().waiting);
    }, 1);
    const sentAway = await statuses(many(100, list));
    clearInterval(counting);
    expect(sentAway).toEqual(Array(100).fill(503));
    expect(longest).toBe(1);
    expect((await fetch(`${api.url}/livez`)).status).toBe(200);
    await scout;

    expect(await statuses(inside)).toEqual(Array(size).fill(503));
    await line.restore();
    await untilWell();
    expect(api.deps.db.connections().waiting).toBe(0);
    await vi.waitUntil(() => used() === 0, { interval: 10, timeout: 5000 });
  });

  test('gives its connections up within ten seconds', async () => {
    await untilWell();
    line.freeze();
    await statuses(many(size, list));
    await line.restore();
    await untilWell();
    expect(await statuses(many(20, list))).toEqual(Array(20).fill(200));
  });
});

test('fifty slow statements leave nobody waiting for longer than two seconds, and /livez answers', async () => {
  await api.sql.query(
    `create function slow() returns trigger language plpgsql as $$ begin perform pg_sleep(3); return new; end $$`,
  );
  await api.sql.query('create trigger slow before insert on cases for each row execute function slow()');
  const asking = statuses(many(50, addsCase));
  await vi.waitUntil(() => api.deps.db.connections().waiting > 0, { interval: 5, timeout: 4000 });
  expect((await fetch(`${api.url}/livez`)).status).toBe(200);
  const told = await asking;
  expect(told.filter((status) => status === 201)).toHaveLength(size);
  expect(told.filter((status) => status === 503)).toHaveLength(50 - size);
  await api.sql.query('drop trigger slow on cases');
  expect(await statuses([addsCase()])).toEqual([201]);
});

describe('what PostgreSQL undoes for another transaction’s sake', () => {
  const undo = async (table: string, code: string, times: number): Promise<void> => {
    await api.sql.query(`create sequence undone; grant usage on sequence undone to public`);
    await api.sql.query(
      `create function undo() returns trigger language plpgsql as $$ begin
         if nextval('undone') <= ${times} then raise exception using errcode = '${code}'; end if; return new; end $$`,
    );
    await api.sql.query(`create trigger undo before insert on ${table} for each row execute function undo()`);
  };
  afterEach(() => api.sql.query('drop function undo() cascade; drop sequence undone'));

  test.each(['40P01', '40001'])('is done again where it is nothing but statements (%s)', async (code) => {
    await undo('messages', code, 2);
    expect((await send()).status).toBe(201);
  });

  test.each([
    ['after three tries', 'messages', 3, send],
    ['where it is more than that', 'cases', 1, addsCase],
  ])('is a conflict, and no fault, %s', async (_, table, times, ask) => {
    await undo(table, '40P01', times);
    const answer = await ask();
    expect(answer.status).toBe(409);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(((await answer.json()) as { code: string }).code).toBe('busy-try-again');
    expect((await ask()).status).toBe(201);
  });
});

test('pauses shorter than the limit turn nobody away', async () => {
  const settings = { ...api.deps.settings, EVENT_LOOP_DELAY_LIMIT: 1500 };
  const app = await buildApp({ ...api.deps, settings });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  // Longer than it takes until the delay is looked at again.
  const busy = setInterval(() => {
    const until = performance.now() + 600;
    while (performance.now() < until);
  }, 1);
  try {
    for (let asked = 0; asked < 5; asked += 1) {
      expect((await fetch(`${url}/v1/terms`)).status).toBe(200);
    }
  } finally {
    clearInterval(busy);
    await app.close();
  }
}, 60_000);

test('a process that cannot keep up turns requests away, and answers its supervisor', async () => {
  const settings = { ...api.deps.settings, EVENT_LOOP_DELAY_LIMIT: 50 };
  const app = await buildApp({ ...api.deps, settings });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  /** Takes the event loop for itself, as too much work does. */
  const busy = setInterval(() => {
    const until = performance.now() + 200;
    while (performance.now() < until);
  }, 1);
  const terms = () => fetch(`${url}/v1/terms`);
  try {
    await vi.waitUntil(async () => (await terms()).status === 503, { timeout: 20_000, interval: 1 });
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    expect(await statuses([terms()])).toEqual([503]);
  } finally {
    clearInterval(busy);
  }
  await vi.waitUntil(async () => (await terms()).status === 200, { timeout: 10_000 });
  await app.close();
});
