import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { buildApp } from '../src/app.ts';
import { ProblemError } from '../src/problem-error.ts';
import type { Dependencies } from '../src/dependencies.ts';
import { createMetrics } from '../src/metrics/metrics.ts';
import { startApi, type TestApi } from './support/api.ts';
import { type DatabaseLine, databaseLine } from './support/database-line.ts';
import { addCase, addClinician, addPatient, addPractice, openTalk } from './support/people.ts';

interface Said {
  readonly status: number;
  readonly text: string;
  readonly body: { status: string; checks: Record<string, { status: string; reason?: string }> };
}

let line: DatabaseLine;
let api: TestApi;
const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  line = await databaseLine();
  api = await startApi({}, line.through);
  await vi.waitUntil(async () => (await fetch(`${api.url}/readyz`)).status === 200);
});
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});
afterAll(async () => {
  await api.close();
  await line.close();
});

async function ready(url = api.url): Promise<Said> {
  const response = await fetch(`${url}/readyz`);
  const text = await response.text();
  expect(response.headers.get('content-type')).toContain('application/json');
  expect(response.headers.has('retry-after')).toBe(response.status === 503);
  return { status: response.status, text, body: JSON.parse(text) as Said['body'] };
}

/** The same API with something of it exchanged. */
async function another(some: Partial<Dependencies>): Promise<string> {
  const app = await buildApp({ ...api.deps, ...some });
  ends.push(() => app.close());
  return app.listen({ host: '127.0.0.1', port: 0 });
}

const expectWell = async (): Promise<void> => {
  await vi.waitFor(async () => expect((await ready()).body.status).toBe('ready'), { timeout: 10_000 });
};

test('names every check while all is well', async () => {
  const { status, body } = await ready();
  expect(status).toBe(200);
  const well = { status: 'ok' };
  expect(body.checks).toEqual({
    database: well,
    migrations: well,
    keys: well,
    queue: well,
    files: well,
    events: well,
  });
});

test('is not ready without its database, says so without naming it, and is alive', async () => {
  await line.cut();
  const said = await ready();
  expect(said.status).toBe(503);
  expect(said.body).toMatchObject({ status: 'unready', checks: { database: { status: 'failed' } } });
  expect(said.body.checks['files']?.status).toBe('ok');
  const { hostname, port, username, password } = new URL(api.deps.settings.DATABASE_URL);
  for (const secret of [hostname, port, username, password]) expect(said.text).not.toContain(secret);
  expect((await fetch(`${api.url}/livez`)).status).toBe(200);
  await line.restore();
  await expectWell();
});

test('a database that takes connections and says nothing counts as away', async () => {
  line.freeze();
  const said = await ready();
  expect(said.status).toBe(503);
  expect(said.body.checks['database']?.reason).toContain('no answer');
  await vi.waitFor(async () => expect((await ready()).body.checks['events']?.status).toBe('degraded'), {
    timeout: 10_000,
  });
  await line.restore();
  await expectWell();
});

test('is not ready over a database in which a migration of its build has not run', async () => {
  const last = '(select max(created_at) from drizzle.__drizzle_migrations)';
  await api.sql.query(
    `update drizzle.__drizzle_migrations set created_at = -created_at where created_at = ${last}`,
  );
  const said = await ready();
  expect(said.status).toBe(503);
  expect(said.body.checks['migrations']).toMatchObject({ status: 'failed' });
  expect(said.body.checks['database']).toEqual({ status: 'ok' });
  await api.sql.query('update drizzle.__drizzle_migrations set created_at = abs(created_at)');
  await expectWell();
});

test('is not ready over a database that nobody has migrated', async () => {
  await api.sql.query('revoke select on drizzle.__drizzle_migrations from casetalk_app');
  const said = await ready();
  expect(said.status).toBe(503);
  expect(said.body.checks['migrations']?.reason).toContain('run migrate');
  await api.sql.query('grant select on drizzle.__drizzle_migrations to casetalk_app');
  await expectWell();
});

test('goes on serving over a database that a newer build has migrated, and says that it is to be replaced', async () => {
  await api.sql.query(
    `insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', 9000000000000)`,
  );
  const said = await ready();
  expect(said.status).toBe(200);
  expect(said.body).toMatchObject({ status: 'degraded', checks: { migrations: { status: 'degraded' } } });
  await api.sql.query(`delete from drizzle.__drizzle_migrations where hash = 'newer'`);
  await expectWell();
});

test('is not ready when data is sealed under a key that it was not given', async () => {
  const key = randomBytes(8).toString('hex');
  await api.sql.query(
    `insert into vault_keys (id, key_check, is_current) values ($1, decode('00', 'hex'), false)`,
    [key],
  );
  const said = await ready();
  expect(said.status).toBe(503);
  expect(said.body.checks['keys']?.status).toBe('failed');
  expect(said.text).not.toContain(key);
  await api.sql.query('delete from vault_keys where id = $1', [key]);
  await expectWell();
});

test('is not ready when its folder of files is gone or cannot be written', async () => {
  const { filesDir } = api;
  await rename(join(filesDir, 'files'), join(filesDir, 'elsewhere'));
  const gone = await ready();
  expect(gone.status).toBe(503);
  expect(gone.body.checks['files']).toEqual({ status: 'failed', reason: 'no use of it (ENOENT)' });
  await rename(join(filesDir, 'elsewhere'), join(filesDir, 'files'));

  await rename(join(filesDir, 'incoming'), join(filesDir, 'elsewhere'));
  await writeFile(join(filesDir, 'incoming'), 'a file where a folder should be');
  const unwritable = await ready();
  expect(unwritable.status).toBe(503);
  expect(unwritable.body.checks['files']?.status).toBe('failed');
  expect(unwritable.text).not.toContain(filesDir);
  await rm(join(filesDir, 'incoming'));
  await mkdir(join(filesDir, 'incoming'));
  await expectWell();
});

test('stays ready when there is no room for files: reading and writing go on without them', async () => {
  const full = { ...api.deps.fileStore, check: () => Promise.reject(new ProblemError('storage-full')) };
  const said = await ready(await another({ fileStore: full }));
  expect(said.status).toBe(200);
  expect(said.body).toMatchObject({ status: 'degraded', checks: { files: { status: 'degraded' } } });
});

test('stays ready, and answers, while the disk of the files does not', async () => {
  let asked = 0;
  const hanging = {
    ...api.deps.fileStore,
    check: () => {
      asked += 1;
      return new Promise<never>(() => undefined);
    },
  };
  const url = await another({ fileStore: hanging });
  const said = await Promise.all([ready(url), ready(url), ready(url)]);
  expect(said.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(said[0]?.body.checks['files']).toMatchObject({ status: 'degraded' });
  await ready(url);
  // A thread waits for each question: the disk is asked once.
  expect(asked).toBe(1);
});

test('a busy pool of connections is no reason to call the database away', async () => {
  const doctor = await addClinician(api, await addPractice(api));
  const patient = await addPatient(api);
  const talkId = await openTalk(doctor, await addCase(doctor), patient);
  const size = api.deps.settings.DATABASE_POOL_SIZE;
  const used = (): number => api.deps.db.connections().total - api.deps.db.connections().idle;
  const holder = await api.sql.connect();
  await holder.query('begin');
  await holder.query('lock table messages in access exclusive mode');
  const asking = Array.from({ length: size }, () => patient.client.listMessages({ params: { talkId } }));
  await vi.waitFor(() => expect(used()).toBe(size), { interval: 10 });
  expect((await ready()).body.checks['database']).toEqual({ status: 'ok' });
  await holder.query('rollback');
  holder.release();
  await Promise.all(asking);
});

test('the same stands among the metrics', async () => {
  const metrics = createMetrics();
  const app = await buildApp(api.deps, metrics);
  ends.push(() => app.close());
  expect(await metrics.metrics()).toContain('casetalk_check_ok{check="database"} 1');
  await line.cut();
  const text = await metrics.metrics();
  expect(text).toContain('casetalk_check_ok{check="database"} 0');
  expect(text).toContain('casetalk_check_ok{check="files"} 1');
  await line.restore();
  await expectWell();
});
