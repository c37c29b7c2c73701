import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildPortalServer } from './portal-server.ts';
import { contentSecurityPolicy, securityHeaders } from './security-headers.ts';

type Answer = (incoming: IncomingMessage, outgoing: ServerResponse) => void | Promise<void>;

let folder: string;
let portal: FastifyInstance;
let portalUrl: string;
let api: Server;
let answer: Answer;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portal-server-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Portal</title>');
  await writeFile(join(folder, 'favicon.svg'), '<svg/>');
  const script = 'export {};'.repeat(100);
  await writeFile(join(folder, 'assets', 'main-Ab12_-xy.js'), script);
  await writeFile(join(folder, 'assets', 'main-Ab12_-xy.js.gz'), gzipSync(script));
  answer = (_request, response) => void response.end('{}');
  api = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  const { port } = api.address() as AddressInfo;
  portal = buildPortalServer({ portal: 'patient', folder, apiUrl: `http://127.0.0.1:${port}` });
  portalUrl = await portal.listen({ port: 0, host: '127.0.0.1' });
});

afterEach(async () => {
  await portal.close();
  api.closeAllConnections();
  await new Promise((resolve) => api.close(resolve));
  await rm(folder, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${portalUrl}${path}`, { headers, redirect: 'manual' });

describe('files', () => {
  test.each([
    '/',
    '/index.html',
    '/talks/01a',
    '/favicon.svg',
    '/assets/main-Ab12_-xy.js',
    '/assets/none.js',
  ])('%s carries every security header', async (path) => {
    const response = await get(path);
    await response.arrayBuffer();
    const got = Object.fromEntries(
      Object.keys(securityHeaders).map((name) => [name, response.headers.get(name)]),
    );
    expect(got).toEqual(securityHeaders);
  });

  test('the policy allows no inline code and no framing', () => {
    expect(contentSecurityPolicy).not.toContain('unsafe');
    expect(contentSecurityPolicy).toContain("frame-ancestors 'none'");
  });

  test.each([
    ['/', 'no-store'],
    ['/talks/01a?x=1', 'no-store'],
    ['/favicon.svg', 'no-cache'],
    ['/assets/main-Ab12_-xy.js', 'public, max-age=31536000, immutable'],
  ])('%s is kept by browsers as %s', async (path, expected) => {
    const response = await get(path);
    await response.arrayBuffer();
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, expected]);
  });

  test('a precompressed file is sent where the browser takes it, with the same headers', async () => {
    const response = await get('/assets/main-Ab12_-xy.js', { 'accept-encoding': 'gzip' });
    expect(await response.text()).toBe('export {};'.repeat(100));
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(response.headers.get('content-type')).toContain('javascript');
    expect(response.headers.get('cache-control')).toContain('immutable');
  });

  test.each(['/assets/gone-12345678.js', '/robots.txt', '/../package.json', '/%2e%2e/package.json'])(
    '%s is not there, and is not the page either',
    async (path) => {
      const response = await get(path);
      expect([response.status, await response.text()]).not.toContain('Portal');
      expect(response.status).toBeGreaterThanOrEqual(400);
    },
  );
});

describe('/v1', () => {
  test('says which portal asks and from where, whatever the browser claims', async () => {
    const seen: IncomingMessage['headers'][] = [];
    answer = (incoming, outgoing) => {
      seen.push(incoming.headers);
      outgoing.end('{}');
    };
    await (
      await get('/v1/me', {
        'casetalk-portal': 'clinician',
        'x-forwarded-for': '6.6.6.6',
        'x-forwarded-proto': 'https',
        'x-forwarded-host': 'evil.example.com',
        forwarded: 'for=6.6.6.6',
      })
    ).text();
    expect(seen).toEqual([
      expect.objectContaining({
        'casetalk-portal': 'patient',
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-proto': 'http',
        'x-forwarded-host': new URL(portalUrl).host,
      }),
    ]);
    expect(seen[0]).not.toHaveProperty('forwarded');
  });

  test("passes the API's answer on as it is, cookies, headers and problems included", async () => {
    answer = (_incoming, outgoing) => {
      outgoing.writeHead(404, {
        'content-type': 'application/problem+json',
        'content-security-policy': "default-src 'none'; sandbox",
        'set-cookie': ['a=1; Path=/', 'b=2; Path=/'],
      });
      outgoing.end('{"code":"not-found"}');
    };
    const response = await get('/v1/talks/1?limit=5');
    expect(response.status).toBe(404);
    expect(response.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2; Path=/']);
    expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(await response.json()).toEqual({ code: 'not-found' });
  });

  test('streams a large upload while it is still being sent', async () => {
    const hash = createHash('sha256');
    let received = 0;
    let firstBytes: (() => void) | undefined;
    const begun = new Promise<void>((resolve) => (firstBytes = resolve));
    answer = async (incoming, outgoing) => {
      for await (const chunk of incoming as AsyncIterable<Buffer>) {
        firstBytes?.();
        received += chunk.length;
        hash.update(chunk);
      }
      outgoing.end(JSON.stringify({ received, hash: hash.digest('hex') }));
    };
    const part = randomBytes(1024 * 1024);
    const sent = createHash('sha256');
    const upload = request(`${portalUrl}/v1/talks/1/uploads`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    });
    const response = new Promise<string>((resolve, reject) => {
      upload.once('error', reject);
      upload.once('response', (incoming) => {
        let text = '';
        incoming.on('data', (chunk: Buffer) => (text += chunk.toString()));
        incoming.on('end', () => resolve(text));
      });
    });
    const send = (): Promise<void> =>
      new Promise((resolve) => {
        sent.update(part);
        if (upload.write(part)) resolve();
        else upload.once('drain', resolve);
      });
    await send();
    // The upload is not over, and its beginning has arrived.
    await begun;
    for (let count = 1; count < 64; count += 1) await send();
    upload.end();
    expect(JSON.parse(await response)).toEqual({ received: 64 * 1024 * 1024, hash: sent.digest('hex') });
  });

  test('hands on each event at once and tells the API when the reader has gone', async () => {
    let gone: (() => void) | undefined;
    const hasGone = new Promise<void>((resolve) => (gone = resolve));
    let next: (() => void) | undefined;
    answer = (_incoming, outgoing) => {
      outgoing.writeHead(200, { 'content-type': 'text/event-stream' });
      outgoing.write('data: one\n\n');
      next = () => void outgoing.write('data: two\n\n');
      outgoing.once('close', () => gone?.());
    };
    const leave = new AbortController();
    const response = await fetch(`${portalUrl}/v1/events`, { signal: leave.signal });
    const reader = response.body?.getReader();
    const read = async () => new TextDecoder().decode((await reader?.read())?.value);
    expect(await read()).toBe('data: one\n\n');
    next?.();
    expect(await read()).toBe('data: two\n\n');
    leave.abort();
    await hasGone;
    expect(response.headers.get('content-type')).toBe('text/event-stream');
  });

  test('asks once, and hands on a 503 as it is', async () => {
    let asked = 0;
    answer = (_incoming, outgoing) => {
      asked += 1;
      outgoing.writeHead(503, { 'retry-after': '1' }).end('{}');
    };
    const response = await get('/v1/me');
    await response.text();
    expect([response.status, asked]).toEqual([503, 1]);
  });

  test('says so in the words of the API when the API is away', async () => {
    api.closeAllConnections();
    await new Promise((resolve) => api.close(resolve));
    const response = await get('/v1/me');
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(response.headers.get('retry-after')).toBe('2');
    expect(await response.json()).toMatchObject({ status: 503, code: 'unavailable' });
    await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  });
});
