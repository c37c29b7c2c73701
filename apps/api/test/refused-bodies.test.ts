import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { limits } from '@casetalk/contract';
import { startApi, type TestApi } from './support/api.ts';
import { addPatient } from './support/people.ts';
import { rawSession } from './support/raw-session.ts';

let api: TestApi;
let head: string[];

beforeAll(async () => {
  api = await startApi();
  const patient = await addPatient(api);
  const session = await rawSession(api, 'patient', patient.email);
  head = [
    `POST /v1/talks/${randomUUID()}/uploads HTTP/1.1`,
    `host: ${new URL(api.url).host}`,
    ...Object.entries({ ...session.headers(), 'idempotency-key': randomUUID() }).map(
      ([name, value]) => `${name}: ${value}`,
    ),
    'content-type: multipart/form-data; boundary=x',
    `content-length: ${limits.fileSize + 200_000}`,
  ];
});
afterAll(() => api.close());

const chunk = Buffer.alloc(64 * 1024);
/** More than lies on the way between two sockets, so that the server must have read the rest. */
const onTheWay = 32 * 1024 ** 2;

// Proxies and simple clients send all they have before they read; a server that hangs up on them sends its answer to nobody.
test.each(['close', 'keep-alive'])(
  'a sender who reads only after it has sent is told why (connection: %s)',
  async (connection) => {
    const socket = connect(Number(new URL(api.url).port), new URL(api.url).hostname);
    const broken = new Promise<string>((resolve) => socket.once('error', ({ message }) => resolve(message)));
    await once(socket, 'connect');
    socket.write(`${[...head, `connection: ${connection}`].join('\r\n')}\r\n\r\n`);
    let error: string | undefined;
    for (let sent = 0; sent < onTheWay && error === undefined; sent += chunk.length) {
      const taken = new Promise<undefined>((resolve) => socket.write(chunk, () => resolve(undefined)));
      error = await Promise.race([broken, taken]);
    }
    expect(error).toBeUndefined();
    const [answer] = (await Promise.race([once(socket, 'data'), delay(20_000, ['nothing'])])) as [Buffer];
    expect(String(answer)).toMatch(/^HTTP\/1\.1 4\d\d /);
    socket.destroy();
  },
);
