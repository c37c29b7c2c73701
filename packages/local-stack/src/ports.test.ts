import { createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { anyFreePort, firstFreePort } from './ports.ts';

const listening: Server[] = [];

async function occupy(port: number, host: string): Promise<void> {
  const server = createServer();
  listening.push(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
}

afterEach(async () => {
  await Promise.all(listening.splice(0).map((one) => new Promise((resolve) => one.close(resolve))));
});

test('takes the preferred port when it is free', async () => {
  const preferred = await anyFreePort();
  expect(await firstFreePort(preferred)).toEqual({ port: preferred, moved: false });
});

test.each(['127.0.0.1', '0.0.0.0'])(
  'takes a later one, and says so, when %s holds the preferred',
  async (host) => {
    const preferred = await anyFreePort();
    await occupy(preferred, host);
    const found = await firstFreePort(preferred);
    expect(found.moved).toBe(true);
    expect(found.port).not.toBe(preferred);
  },
);

test('does not hand out a port that was promised to another part', async () => {
  const preferred = await anyFreePort();
  const found = await firstFreePort(preferred, new Set([preferred]));
  expect(found.port).not.toBe(preferred);
});
