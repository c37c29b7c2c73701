import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startApi, type TestApi } from './support/api.ts';
import { newInvitee } from './support/invitee.ts';
import { addCase, addClinician, addPractice } from './support/people.ts';
import { startProcess } from './support/product-process.ts';
import { answer } from './support/result.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi({}, undefined, { withWorker: false });
});
afterAll(() => api.close());

/** A provider that is slow: it hands each mail on to the mailroom, and answers, once it is let go. */
async function slowProvider(mailroomUrl: string) {
  const asked = Promise.withResolvers<void>();
  const letGo = Promise.withResolvers<void>();
  async function handOn(request: IncomingMessage): Promise<Response> {
    const body = await buffer(request);
    asked.resolve();
    await letGo.promise;
    const { authorization = '', 'content-type': type = '' } = request.headers;
    return fetch(`${mailroomUrl}${request.url}`, {
      method: 'POST',
      headers: { authorization, 'content-type': type },
      body: new Uint8Array(body),
    });
  }
  const server = createServer((request, response) => {
    void handOn(request).then(async (handed) => {
      response.writeHead(handed.status, { 'x-message-id': handed.headers.get('x-message-id') ?? '' });
      response.end(await handed.text());
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: asked.promise,
    letGo: letGo.resolve,
    close: () => server.close(),
  };
}

test('a worker that is told to stop brings its job to its end, takes no other, and loses none', async () => {
  const { settings } = api.deps;
  const provider = await slowProvider(settings.SENDGRID_BASE_URL);
  const doctor = await addClinician(api, await addPractice(api));
  const invite = async (): Promise<string> => {
    const { email } = newInvitee();
    const caseId = await addCase(doctor);
    answer(await doctor.client.createInvitation({ params: { caseId }, body: { email } }));
    return email;
  };
  const worker = startProcess('worker', settings, { SENDGRID_BASE_URL: provider.url, LOG_LEVEL: 'info' });
  const first = await invite();
  await provider.asked;

  worker.child.kill('SIGTERM');
  await vi.waitUntil(() => worker.lines.some((line) => line.includes('"stopping"')), { interval: 10 });
  const second = await invite();
  provider.letGo();
  expect(await worker.ended).toEqual([0, null]);
  expect(await api.mailroom.emails({ to: first })).toHaveLength(1);
  expect(await api.mailroom.emails({ to: second })).toHaveLength(0);

  const next = startProcess('worker', settings);
  expect((await api.mailroom.nextEmail({ to: second })).to).toBe(second);
  next.child.kill('SIGTERM');
  expect(await next.ended).toEqual([0, null]);
  expect(await api.mailroom.emails({ to: first })).toHaveLength(1);
  expect(await api.mailroom.emails({ to: second })).toHaveLength(1);
  provider.close();
});
