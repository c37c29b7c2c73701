import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { anyFreePort } from '@casetalk/local-stack';
import { afterEach, beforeAll, afterAll, describe, expect, test, vi } from 'vitest';
import { startApi, type TestApi } from './support/api.ts';
import { addCase, addClinician, addPatient, addPractice, openTalk, type Someone } from './support/people.ts';
import { type ProductProcess, startProcess } from './support/product-process.ts';
import { type RawSession, rawSession } from './support/raw-session.ts';
import { answer } from './support/result.ts';
import { listen } from './support/stream.ts';
import { samples } from './support/sample-files.ts';

const boundary = 'a-boundary-of-the-test';
const partHead = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="knee.zip"\r\n\r\n`;
const partEnd = `\r\n--${boundary}--\r\n`;
/** More than the buffers of both ends of a connection take, so that it is still under way while nobody reads. */
const bigFile = Buffer.concat([samples.zip, randomBytes(24 * 1024 * 1024)]);

let api: TestApi;
let patient: Someone;
let session: RawSession;
let talkId: string;
let running: ProductProcess | undefined;
let port: number;

beforeAll(async () => {
  api = await startApi();
  const doctor = await addClinician(api, await addPractice(api));
  patient = await addPatient(api);
  talkId = await openTalk(doctor, await addCase(doctor), patient);
  session = await rawSession(api, 'patient', patient.email);
});
afterEach(() => void running?.child.kill('SIGKILL'));
afterAll(() => api.close());

async function startServer(others: Record<string, string> = {}): Promise<ProductProcess> {
  port = await anyFreePort();
  running = startProcess('main', api.deps.settings, { API_PORT: String(port), ...others });
  const url = `http://127.0.0.1:${port}/readyz`;
  await vi.waitUntil(async () => (await fetch(url).catch(() => undefined))?.status === 200, {
    timeout: 20_000,
    interval: 50,
  });
  return running;
}

/** A request on a connection of its own, of which the head has arrived and the body has not. */
async function begin(path: string, headers: Record<string, string>): Promise<ClientRequest> {
  const begun = request({
    port,
    path,
    method: 'POST',
    agent: new Agent({ keepAlive: true }),
    headers: {
      ...session.headers(),
      'idempotency-key': randomUUID(),
      'transfer-encoding': 'chunked',
      expect: '100-continue',
      ...headers,
    },
  });
  begun.flushHeaders();
  await once(begun, 'continue');
  return begun;
}

/** The answer to what was begun. */
async function finish(begun: ClientRequest, rest: string): Promise<number | undefined> {
  const answered = once(begun, 'response');
  begun.end(rest);
  const [response] = (await answered) as [IncomingMessage];
  await buffer(response);
  return response.complete ? response.statusCode : undefined;
}

async function ask(path: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  const asked = request({ port, path, agent: new Agent(), headers: { ...session.headers(), ...headers } });
  asked.end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  return response;
}

const isRefused = (): Promise<boolean> => {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect(port, '127.0.0.1', () => {
    socket.destroy();
    resolve(false);
  });
  socket.on('error', () => resolve(true));
  return promise;
};
const untilNobodyListens = () => vi.waitUntil(isRefused, { interval: 10, timeout: 5000 });
const times = <T>(count: number, make: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, make));
const send = () => begin(`/v1/talks/${talkId}/messages`, { 'content-type': 'application/json' });
const words = JSON.stringify({ text: 'Are you there?', attachmentIds: [] });
const messages = async (): Promise<number> =>
  answer(await patient.client.listMessages({ params: { talkId }, query: { limit: 100 } })).data.length;

describe('an API that is told to stop', () => {
  test('answers the 50 requests that it had begun, takes nothing new, and ends by itself', async () => {
    const stored = answer(
      await patient.client.upload(
        'uploadTalkFile',
        { params: { talkId } },
        new File([bigFile], 'knee.zip', { type: 'application/zip' }),
      ),
    );
    const before = await messages();
    const { child, ended } = await startServer();
    const upload = { 'content-type': `multipart/form-data; boundary=${boundary}` };

    const sends = await times(20, send);
    const uploads = await times(10, () => begin(`/v1/talks/${talkId}/uploads`, upload));
    for (const one of uploads) one.write(partHead + samples.zip.subarray(0, 10).toString('latin1'), 'latin1');
    const downloads = await times(10, () => ask(`/v1/attachments/${stored.id}/content`));
    const streams = await times(10, () => ask('/v1/events', { accept: 'text/event-stream' }));
    expect([...downloads, ...streams].map(({ statusCode }) => statusCode)).toEqual(Array(20).fill(200));
    const streamsEnd = Promise.all(streams.map((one) => buffer(one)));

    child.kill('SIGTERM');
    await untilNobodyListens();
    // Told to look for another process, while everything else goes on.
    for (const bytes of await streamsEnd) expect(bytes.toString()).toContain(': open');
    expect(child.exitCode).toBeNull();

    expect(await Promise.all(sends.map((one) => finish(one, words)))).toEqual(Array(20).fill(201));
    const rest = samples.zip.subarray(10).toString('latin1') + partEnd;
    const uploaded = uploads.map((one) => {
      one.write(rest, 'latin1');
      return finish(one, '');
    });
    expect(await Promise.all(uploaded)).toEqual(Array(10).fill(201));
    for (const whole of await Promise.all(downloads.map((one) => buffer(one))))
      expect(whole.equals(bigFile)).toBe(true);
    expect(await ended).toEqual([0, null]);
    expect(await messages()).toBe(before + 20);
  });

  test.each([
    ['a person’s request', '/v1/me', 503, '"code":"unavailable"'],
    ['a load balancer', '/readyz', 503, '"status":"stopping"'],
    ['a supervisor', '/livez', 200, '"status":"alive"'],
  ])('answers %s over a connection that is open still, and ends it', async (_, path, status, body) => {
    const { child, ended } = await startServer();
    const socket = connect(port, '127.0.0.1');
    let said = '';
    socket.setEncoding('latin1').on('data', (text: string) => {
      said += text;
    });
    const closed = once(socket, 'close');
    const who = Object.entries(session.headers())
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('');
    socket.write(
      `POST /v1/talks/${talkId}/messages HTTP/1.1\r\nhost: localhost\r\n${who}expect: 100-continue\r\n` +
        `content-type: application/json\r\nidempotency-key: ${randomUUID()}\r\ncontent-length: ${words.length}\r\n\r\n`,
    );
    await vi.waitUntil(() => said.includes('100 Continue'), { interval: 5 });
    child.kill('SIGTERM');
    await untilNobodyListens();
    socket.write(`${words}GET ${path} HTTP/1.1\r\nhost: localhost\r\n${who}\r\n`);
    await closed;
    const [sent = '', next = ''] = said.slice(said.indexOf('HTTP/1.1 2')).split(/(?=HTTP\/1\.1 )/);
    expect(sent).toMatch(/^HTTP\/1\.1 201 /);
    expect(next.slice(0, 12)).toBe(`HTTP/1.1 ${status}`);
    expect(next).toMatch(/\r\nconnection: close\r\n/i);
    expect(/\r\nretry-after: 1\r\n/i.test(next)).toBe(status === 503);
    expect(next).toContain(body);
    expect(await ended).toEqual([0, null]);
  });

  test('answers whoever had connected by then, also who asks a moment later', async () => {
    const { child, ended } = await startServer();
    const ask = 'GET /v1/terms HTTP/1.1\r\nhost: localhost\r\n\r\n';
    // They wait to be let in: the process gets to see them and the signal in one turn.
    child.kill('SIGSTOP');
    const sockets = await times(40, async () => {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      return socket;
    });
    const heard = Promise.all(sockets.map((socket) => text(socket)));
    const [early, late] = [sockets.slice(0, 20), sockets.slice(20)];
    for (const socket of early) socket.write(ask);
    child.kill('SIGTERM');
    child.kill('SIGCONT');
    await untilNobodyListens();
    for (const socket of late) socket.write(ask);
    for (const answered of await heard)
      expect(answered).toMatch(/^HTTP\/1\.1 503 [^]*\r\nretry-after: 1\r\n/i);
    expect(await ended).toEqual([0, null]);
  });

  test('is cut by a second signal', async () => {
    const { child, ended, lines } = await startServer({ LOG_LEVEL: 'info' });
    const held = await send();
    held.on('error', () => undefined);
    child.kill('SIGTERM');
    await vi.waitUntil(
      () => {
        child.kill('SIGTERM');
        return child.exitCode !== null;
      },
      { interval: 100, timeout: 5000 },
    );
    expect(await ended).toEqual([1, null]);
    expect(lines.join('\n')).toContain('told again to stop');
  });

  test('tells the other processes what it was told last', async () => {
    const { child, ended } = await startServer();
    const stream = await listen(patient.client);
    const held = await send();
    child.kill('SIGTERM');
    await untilNobodyListens();
    expect(await finish(held, words)).toBe(201);
    await stream.heard(({ type }) => type === 'talk.message');
    stream.close();
    expect(await ended).toEqual([0, null]);
  });
});
