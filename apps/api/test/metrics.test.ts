import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { buildApp } from '../src/app.ts';
import { startWorker } from '../src/jobs/worker.ts';
import { createSendGridMailer } from '../src/gateways/sendgrid-mailer.ts';
import { createTwilioPhone } from '../src/gateways/twilio-phone.ts';
import { meterDeliveries } from '../src/metrics/delivery-metrics.ts';
import { createMetrics, serveMetrics } from '../src/metrics/metrics.ts';
import { startApi, type TestApi } from './support/api.ts';
import { databaseLine } from './support/database-line.ts';

let api: TestApi;
let url: string;
let scrape: () => Promise<string>;
let scrapeWorker: () => Promise<string>;
const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  api = await startApi();
  ends.push(api.close);
  const metrics = createMetrics();
  const app = await buildApp(api.deps, metrics);
  url = await app.listen({ host: '127.0.0.1', port: 0 });
  ends.push(() => app.close());
  scrape = await scraperOf(metrics);

  const workerMetrics = createMetrics();
  const worker = await startWorker(api.deps.settings, () => undefined, undefined, workerMetrics);
  ends.push(() => worker.stop());
  scrapeWorker = await scraperOf(workerMetrics);
});
afterAll(async () => {
  for (const end of ends.toReversed()) await end();
});

async function scraperOf(metrics: ReturnType<typeof createMetrics>): Promise<() => Promise<string>> {
  const { port, close } = await serveMetrics(metrics, { host: '127.0.0.1', port: 0 });
  ends.push(close);
  return async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
}

test('requests are counted by operation and class of status, and no id is in a label', async () => {
  const id = randomUUID();
  for (let count = 0; count < 3; count += 1) {
    await (
      await fetch(`${url}/v1/talks/${id}/messages`, { headers: { 'casetalk-portal': 'patient' } })
    ).text();
  }
  await (await fetch(`${url}/no/such/${id}`)).text();
  const text = await scrape();
  expect(text).toContain(
    'casetalk_http_request_duration_seconds_count{operation="listMessages",status="4xx"} 3',
  );
  expect(text).toContain('casetalk_http_request_duration_seconds_count{operation="other",status="4xx"} 1');
  expect(text).toMatch(/casetalk_database_connections\{state="idle"\} \d/);
  expect(text).toContain('casetalk_event_streams_open 0');
  expect(text).toContain('casetalk_uploads_running 0');
  expect(text).toMatch(/nodejs_eventloop_lag_p99_seconds [\d.]+/);
  expect(text).not.toContain(id);
});

test('nothing is measured, and nothing of it is answered, at the public port', async () => {
  expect((await fetch(`${url}/metrics`)).status).toBe(404);
});

test('the worker tells what waits, how long, and what was given up', async () => {
  await vi.waitFor(async () => {
    expect(await scrapeWorker()).toContain('casetalk_audit_unsealed_seconds 0');
  });
  await api.sql.query(
    `insert into pgboss.job (name, data, created_on, start_after) values ('dead', '{}', now(), now())`,
  );
  await api.sql.query(
    `insert into pgboss.job (name, data, created_on, start_after)
     values ('talk.notice', '{}', now() - interval '5 minutes', now() + interval '1 hour')`,
  );
  const text = await scrapeWorker();
  expect(text).toContain('casetalk_dead_letters 1');
  expect(text).toContain('casetalk_queue_jobs{queue="talk.notice",state="waiting"} 1');
  // It is not due yet.
  expect(text).toContain('casetalk_queue_oldest_seconds{queue="talk.notice"} 0');
  await api.sql.query(`update pgboss.job set start_after = now() where name = 'dead'`);
  await api.sql.query(
    `update pgboss.job set name = 'dead', start_after = created_on where name = 'talk.notice'`,
  );
  expect(await scrapeWorker()).toContain('casetalk_dead_letters 2');
});

test('the worker counts what the providers answered, by channel', async () => {
  const metrics = createMetrics();
  const metered = meterDeliveries(metrics, {
    mailer: createSendGridMailer(api.deps.settings),
    phone: createTwilioPhone(api.deps.settings),
  });
  const text = await scraperOf(metrics);
  await metered.mailer.send({
    to: 'ana.ruiz@example.com',
    fromName: 'Harbor Street Clinic',
    subject: 'A notice',
    text: 'A notice',
    html: '<p>A notice</p>',
  });
  expect(await text()).toContain('casetalk_sends_total{channel="mail",result="taken"} 1');
});

test('the worker says once that what waits cannot be counted, and counts again by itself', async () => {
  const line = await databaseLine();
  ends.push(line.close);
  const metrics = createMetrics();
  const said: string[] = [];
  const settings = {
    ...api.deps.settings,
    JOBS_DATABASE_URL: line.through(api.deps.settings.JOBS_DATABASE_URL),
  };
  const worker = await startWorker(settings, (_, what) => said.push(what), undefined, metrics);
  ends.push(() => worker.stop());
  const counts = async (): Promise<boolean> =>
    (await metrics.metrics()).includes('casetalk_queue_jobs{queue="code.send"');
  const missing = () => said.filter((what) => what.includes('could not be counted'));
  await vi.waitUntil(counts, { timeout: 10_000 });
  await line.cut();
  for (let scrape = 0; scrape < 3; scrape += 1) expect(await counts()).toBe(false);
  expect(missing()).toHaveLength(1);
  await line.restore();
  await vi.waitUntil(counts, { timeout: 10_000 });
  expect(missing()).toHaveLength(1);
});
