import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { anyFreePort } from '../ports.ts';
import { type Supervised, supervise } from './supervise.ts';
import { openWatchdog, type Watchdog } from './watchdog.ts';

let folder: string;
let watchdog: Watchdog;
let supervised: Supervised | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'supervise-'));
  watchdog = openWatchdog();
});
afterEach(async () => {
  await supervised?.stop();
  await watchdog.dismiss();
  await rm(folder, { recursive: true });
});

/** Answers with its number; `/fill` takes memory until there is none. */
const glutton = `
  import { createServer } from 'node:http';
  const kept = [];
  createServer((request, response) => {
    if (request.url === '/fill') for (;;) kept.push(new Array(10_000).fill(kept.length));
    response.end(String(process.pid));
  }).listen(Number(process.env.PORT), '127.0.0.1');
`;

test('a part that dies for want of memory is back within five seconds, and it is said', async () => {
  const script = join(folder, 'glutton.mjs');
  await writeFile(script, glutton);
  const port = await anyFreePort();
  const url = `http://127.0.0.1:${port}/`;
  const said: string[] = [];
  const env = { PORT: String(port), NODE_OPTIONS: '--max-old-space-size=32' };
  supervised = await supervise(
    { name: 'part', script, cwd: folder, env, sink: () => undefined, watchdog, readyUrl: url },
    (line) => said.push(line),
  );
  const number = async (): Promise<string | undefined> =>
    fetch(url).then(
      (response) => response.text(),
      () => undefined,
    );
  const before = await number();
  await expect(fetch(`${url}fill`)).rejects.toThrow('fetch failed');
  const after = await vi.waitUntil(number, { timeout: 5000, interval: 50 });
  expect(after).not.toBe(before);
  expect(said.join('\n')).toContain('part ended by itself');
  expect(said.join('\n')).toMatch(/heap out of memory/i);
});
