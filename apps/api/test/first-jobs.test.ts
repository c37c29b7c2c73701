import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../src/db/database.ts';
import { createJobQueue } from '../src/jobs/pg-boss-queue.ts';
import { type TestApi, startApi } from './support/api.ts';
import { databaseLine } from './support/database-line.ts';

const nobodys = '00000000-0000-7000-8000-000000000000';
let api: TestApi;

beforeAll(async () => {
  api = await startApi({ DATABASE_POOL_SIZE: '2' });
});
afterAll(() => api.close());

test('a process that is just up takes a burst of acts with as many connections as it has', async () => {
  const failures: Error[] = [];
  const jobs = createJobQueue(api.deps.db, (error) => failures.push(error));
  await jobs.ready;
  const acts = Array.from({ length: 8 }, () =>
    api.deps.db.transaction((tx) => jobs.enqueue(tx, 'passwordReset.mail', { passwordResetId: nobodys })),
  );
  expect((await Promise.allSettled(acts)).map(({ status }) => status)).toEqual(Array(8).fill('fulfilled'));
  expect(failures).toEqual([]);
  await jobs.close();
});

test('a process that is up before its database takes jobs once it is there', async () => {
  const line = await databaseLine();
  const db = openDatabase(line.through(api.deps.settings.DATABASE_URL), 2, () => undefined);
  await line.cut();
  const jobs = createJobQueue(db, () => undefined);
  const enqueue = () =>
    db.transaction((tx) => jobs.enqueue(tx, 'passwordReset.mail', { passwordResetId: nobodys }));
  await expect(enqueue()).rejects.toBeInstanceOf(Error);
  await line.restore();
  await jobs.ready;
  await expect(enqueue()).resolves.toBeUndefined();
  await jobs.close();
  await db.close();
  await line.close();
});
