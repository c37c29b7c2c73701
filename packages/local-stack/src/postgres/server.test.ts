import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cloneDatabase, createDatabase, dropDatabase, hasDatabase } from './databases.ts';
import { type Postgres, type PostgresOptions, startPostgres } from './server.ts';

let root: string;
let running: Postgres[];
let said: string[];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'postgres-test-'));
  await chmod(root, 0o755);
  running = [];
  said = [];
});

afterEach(async () => {
  await Promise.all(running.map((one) => one.stop()));
  const elsewhere = (await readFile(join(root, 'data', 'location'), 'utf8').catch(() => '')).trim();
  if (elsewhere !== '') await rm(elsewhere, { recursive: true });
  await rm(root, { recursive: true });
});

async function start(more: Partial<PostgresOptions> = {}): Promise<Postgres> {
  const options = { dataDir: join(root, 'data'), durable: false, say: (line: string) => said.push(line) };
  const postgres = await startPostgres({ ...options, ...more });
  running.push(postgres);
  return postgres;
}

async function ask<Row extends object>(url: string, question: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(question)).rows;
  } finally {
    await client.end();
  }
}

async function untilGone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await delay(10);
  }
}

test('answers on 127.0.0.1 in UTC and UTF-8, to the password alone', async () => {
  const { adminUrl } = await start();
  const [row] = await ask<{ zone: string; encoding: string; addresses: string }>(
    adminUrl,
    `SELECT current_setting('timezone') AS zone, current_setting('server_encoding') AS encoding,
            current_setting('listen_addresses') AS addresses`,
  );
  expect(row).toEqual({ zone: 'UTC', encoding: 'UTF8', addresses: '127.0.0.1' });

  const wrong = new URL(adminUrl);
  wrong.password = 'guess';
  await expect(ask(wrong.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
  expect((await stat(join(root, 'data', 'password'))).mode & 0o777).toBe(0o600);
});

test('keeps data and password between runs', async () => {
  const first = await start();
  await createDatabase(first.adminUrl, 'kept');
  await first.stop();
  const second = await start();
  expect(await hasDatabase(second.adminUrl, 'kept')).toBe(true);
  expect(new URL(second.adminUrl).password).toBe(new URL(first.adminUrl).password);
});

test('starts again after the server was killed outright and its number went to another process', async () => {
  const first = await start({ durable: true });
  await createDatabase(first.adminUrl, 'kept');
  process.kill(first.pid, 'SIGKILL');
  await untilGone(first.pid);
  const lock = join(root, 'data', 'cluster', 'postmaster.pid');
  const lines = (await readFile(lock, 'utf8')).split('\n');
  await writeFile(lock, [process.pid, ...lines.slice(1)].join('\n'));

  const second = await start({ durable: true });
  expect(await hasDatabase(second.adminUrl, 'kept')).toBe(true);
});

test('makes a new password when the kept one was lost', async () => {
  const first = await start();
  await createDatabase(first.adminUrl, 'kept');
  await first.stop();
  await rm(join(root, 'data', 'password'));
  const second = await start();
  expect(await hasDatabase(second.adminUrl, 'kept')).toBe(true);
  expect(new URL(second.adminUrl).password).not.toBe(new URL(first.adminUrl).password);
});

test('begins anew when the first run was cut off while laying out the cluster', async () => {
  const first = await start();
  await first.stop();
  await rm(join(root, 'data', 'cluster', 'PG_VERSION'));
  const second = await start();
  expect(await ask(second.adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('works in a folder that is closed to every other account, and says where the data went', async () => {
  await chmod(root, 0o700);
  const { adminUrl, stop } = await start();
  await createDatabase(adminUrl, 'kept');
  await stop();
  const isRoot = process.getuid?.() === 0;
  expect(said.some((line) => line.includes('keeps its data in'))).toBe(isRoot);
  const again = await start();
  expect(await hasDatabase(again.adminUrl, 'kept')).toBe(true);
});

test('says in words why it cannot start', async () => {
  const first = await start();
  await expect(start({ dataDir: join(root, 'other'), port: first.port })).rejects.toThrow(
    /PostgreSQL did not start\. Its last words:[^]*Address already in use/,
  );
});

test('a clone equals its template, owner included, and can be dropped while in use', async () => {
  const { adminUrl } = await start();
  await ask(adminUrl, 'CREATE ROLE landlord');
  const template = await createDatabase(adminUrl, 'template', 'landlord');
  await ask(template, 'CREATE TABLE talk AS SELECT 7 AS id');

  const clone = await cloneDatabase(adminUrl, 'template', 'clone');
  expect(await ask(clone, 'SELECT id FROM talk')).toEqual([{ id: 7 }]);
  const owners = await ask(
    adminUrl,
    `SELECT pg_get_userbyid(datdba) AS owner FROM pg_database WHERE datname = 'clone'`,
  );
  expect(owners).toEqual([{ owner: 'landlord' }]);

  const guest = new Client({ connectionString: clone });
  guest.on('error', () => undefined);
  await guest.connect();
  await dropDatabase(adminUrl, 'clone');
  expect(await hasDatabase(adminUrl, 'clone')).toBe(false);
  await guest.end().catch(() => undefined);
});
