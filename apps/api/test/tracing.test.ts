import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { createClient } from '@casetalk/client';
import { anyFreePort } from '@casetalk/local-stack';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startApi, type TestApi } from './support/api.ts';
import { cookieJar } from './support/cookie-jar.ts';
import { newInvitee } from './support/invitee.ts';
import { addCase, addClinician, addPatient, addPractice, openTalk, signedIn } from './support/people.ts';
import { startProcess } from './support/product-process.ts';
import { answer } from './support/result.ts';

interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly status: { code?: number; message?: string };
  readonly events?: unknown[];
  readonly attributes: { key: string; value: { stringValue?: string; intValue?: number } }[];
}
interface Traces {
  readonly resourceSpans: { scopeSpans: { spans: Span[] }[] }[];
}

const secrets = {
  text: 'It hurts most at night',
  patientName: 'Ana Maria Ruiz',
  title: 'Left knee after a fall',
};
let api: TestApi;
/** What went to the collector: spans, and the very bytes. */
const spans: Span[] = [];
let wire = '';
let ids: string[] = [];

beforeAll(async () => {
  const collector = createServer((request, response) => {
    void readText(request).then((body) => {
      wire += body;
      for (const { scopeSpans } of (JSON.parse(body) as Traces).resourceSpans)
        for (const scope of scopeSpans) spans.push(...scope.spans);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;

  api = await startApi({}, undefined, { withWorker: false });
  const doctor = await addClinician(api, await addPractice(api));
  const patient = await addPatient(api, secrets.patientName);
  const caseId = await addCase(doctor);
  const talkId = await openTalk(doctor, caseId, patient);

  const port = await anyFreePort();
  const url = `http://127.0.0.1:${port}`;
  const others = { API_PORT: String(port), OTEL_EXPORTER_OTLP_ENDPOINT: endpoint };
  const server = startProcess('main', api.deps.settings, others);
  const worker = startProcess('worker', api.deps.settings, others);
  await vi.waitUntil(async () => (await fetch(`${url}/readyz`).catch(() => undefined))?.status === 200, {
    timeout: 20_000,
    interval: 50,
  });
  const there: TestApi = {
    ...api,
    url,
    browser: (portal, kept) => createClient({ baseUrl: url, portal, fetch: cookieJar(kept).fetch }),
  };
  const clinician = await signedIn(there, 'clinician', doctor.email);
  const { patientName, title } = secrets;
  const made = answer(
    await clinician.createCase({ body: { patientName, patientBirthDate: '1988-04-17', title } }),
  );
  answer(
    await clinician.sendMessage({ params: { talkId }, body: { text: secrets.text, attachmentIds: [] } }),
  );
  answer(await clinician.listMessages({ params: { talkId } }));
  await clinician.getCase({ params: { caseId: crypto.randomUUID() } });
  const { email } = newInvitee();
  answer(await clinician.createInvitation({ params: { caseId: made.id }, body: { email } }));
  await api.mailroom.nextEmail({ to: email });
  ids = [talkId, caseId, made.id, doctor.id, patient.id, doctor.email, patient.email, email];

  // What is left is handed on when they end.
  for (const { child, ended } of [server, worker]) {
    child.kill('SIGTERM');
    await ended;
  }
  collector.close();
});
afterAll(() => api.close());

const named = (name: string): Span => {
  const found = spans.find((span) => span.name === name);
  if (!found) throw new Error(`No span ${name} among ${[...new Set(spans.map((span) => span.name))].join()}`);
  return found;
};
const valueOf = (span: Span, key: string): unknown => {
  const value = span.attributes.find((one) => one.key === key)?.value;
  return value?.stringValue ?? value?.intValue;
};
const below = (span: Span): Span[] =>
  spans.filter(({ parentSpanId, traceId }) => parentSpanId === span.spanId && traceId === span.traceId);

describe('traces', () => {
  test('have a span for each request, by its route, with what the database was asked below it', () => {
    const send = named('POST /v1/talks/:talkId/messages');
    expect(valueOf(send, 'http.route')).toBe('/v1/talks/:talkId/messages');
    expect(valueOf(send, 'http.response.status_code')).toBe(201);
    expect(valueOf(send, 'casetalk.request_id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(below(send).map((span) => valueOf(span, 'db.query.summary'))).toContainEqual(
      expect.stringContaining('send-message'),
    );
    const add = below(named('POST /v1/cases')).filter(({ name }) => name === 'insert');
    expect(add.map((span) => valueOf(span, 'db.query.text'))).toContainEqual(
      expect.stringMatching(/^insert into "cases" .*\$1/),
    );
  });

  test('have one for each try of a job, with its queries', () => {
    const job = named('job invitation.mail');
    expect(job.parentSpanId ?? '').toBe('');
    expect(valueOf(job, 'messaging.destination.name')).toBe('invitation.mail');
    expect(below(job).length).toBeGreaterThan(0);
  });

  test('do not take a refusal for a failure', () => {
    const refused = spans.filter((span) => valueOf(span, 'http.response.status_code') === 404);
    expect(refused).toHaveLength(1);
    expect(refused[0]?.status.code ?? 0).toBe(0);
  });

  test('hold no words, no names, no addresses, and no id of a person, talk or case', () => {
    for (const secret of [...Object.values(secrets), ...ids]) expect(wire).not.toContain(secret);
    for (const { events = [], status } of spans) {
      expect(events).toEqual([]);
      expect(status.message ?? '').toBe('');
    }
    expect([...new Set(spans.flatMap(({ attributes }) => attributes.map(({ key }) => key)))].sort()).toEqual([
      'casetalk.request_id',
      'db.query.summary',
      'db.query.text',
      'db.system.name',
      'http.request.method',
      'http.response.status_code',
      'http.route',
      'messaging.destination.name',
      'messaging.message.id',
      'messaging.system',
    ]);
  });
});

test('without a collector nothing of it is loaded', async () => {
  const program = `
    import { registerHooks } from 'node:module';
    const seen = [];
    registerHooks({ resolve: (name, context, next) => { seen.push(name); return next(name, context); } });
    await import('./src/app.ts');
    await import('./src/jobs/worker.ts');
    const { openTracing } = await import('./src/tracing/open-tracing.ts');
    const of = async (settings) => (await openTracing(settings, 'x'), seen.filter((one) => /opentelemetry.(?:sdk|exporter|resources)/.test(one)).length);
    console.log(JSON.stringify([await of({}), (await of({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' })) > 0]));
    process.exit();
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    cwd: join(import.meta.dirname, '..'),
  });
  expect(JSON.parse(stdout)).toEqual([0, true]);
});
