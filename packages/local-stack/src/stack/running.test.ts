import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimRunning, whoRuns } from './running.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'running-'));
  file = join(folder, 'data', 'running.json');
});

afterEach(() => rm(folder, { recursive: true }));

test('a second start learns who runs and where', async () => {
  const claim = await claimRunning(file);
  await claim.announce({ patient: 'http://localhost:4200' });
  expect(await whoRuns(file)).toEqual({ pid: process.pid, addresses: { patient: 'http://localhost:4200' } });
  await claim.release();
  expect(await whoRuns(file)).toBeUndefined();
});

test('a note whose process has gone counts for nothing', async () => {
  const claim = await claimRunning(file);
  await claim.release();
  await writeFile(file, JSON.stringify({ pid: 2 ** 30, addresses: {} }));
  expect(await whoRuns(file)).toBeUndefined();
});

test('a note that nobody has touched for long counts for nothing, though its number lives on', async () => {
  const claim = await claimRunning(file);
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(file, longAgo, longAgo);
  expect(await whoRuns(file)).toBeUndefined();
  await claim.release();
});
