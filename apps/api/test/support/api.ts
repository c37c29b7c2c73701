import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, createClient } from '@casetalk/client';
import type { Portal } from '@casetalk/contract';
import { testDatabase } from '@casetalk/local-stack';
import { startMailroom } from '@casetalk/mailroom';
import { MailroomClient } from '@casetalk/mailroom/client';
import pg from 'pg';
import { buildApp } from '../../src/app.ts';
import { openDependencies } from '../../src/dependencies-from-settings.ts';
import type { Dependencies } from '../../src/dependencies.ts';
import { startWorker } from '../../src/jobs/worker.ts';
import { currentTermsVersion } from '../../src/modules/terms/index.ts';
import { readSettings } from '../../src/settings.ts';
import { cookieJar } from './cookie-jar.ts';

export interface TestApi {
  readonly url: string;
  readonly deps: Dependencies;
  /** Past row-level security: for arranging what the API has no door for, and for looking behind it. */
  readonly sql: pg.Pool;
  /** The way in of the tables' owner, who migrates. */
  readonly ownerUrl: string;
  readonly mailroom: MailroomClient;
  readonly filesDir: string;
  readonly termsVersion: string;
  /** A browser of one person, with a cookie jar of its own, which may hold cookies from an earlier time. */
  browser(portal: Portal, kept?: Readonly<Record<string, string>>): Client;
  close(): Promise<void>;
}

/**
 * The real API, worker and mailroom on free ports, over a database of this file's own. Nothing in it is a fake: mail
 * and texts leave through the real SDKs.
 * @param reach leads the API and the worker to the database by another way
 * @param options `withWorker: false` when what happens after commit would be in the way
 */
export async function startApi(
  environment: Record<string, string> = {},
  reach = (databaseUrl: string): string => databaseUrl,
  { withWorker = true } = {},
): Promise<TestApi> {
  const database = await testDatabase();
  const filesDir = await mkdtemp(join(tmpdir(), 'casetalk-test-'));
  const mailroom = await startMailroom({
    port: 0,
    sendGridApiKey: 'SG.test',
    twilioAccountSid: `AC${'0'.repeat(32)}`,
    twilioAuthToken: 'token',
  });
  const problems: string[] = [];
  const settings = readSettings({
    DATABASE_URL: reach(database.appUrl),
    JOBS_DATABASE_URL: reach(database.jobsUrl),
    API_PORT: '0',
    PUBLIC_API_URL: 'http://127.0.0.1:4000',
    PUBLIC_CLINICIAN_URL: 'http://clinician.example.com',
    PUBLIC_PATIENT_URL: 'http://patient.example.com',
    FILES_DIR: filesDir,
    SEALING_KEY: randomBytes(32).toString('base64'),
    PASSWORD_PEPPER: randomBytes(32).toString('base64'),
    VAULT_KEY: randomBytes(32).toString('base64'),
    PASSWORD_COST: '10',
    SENDGRID_API_KEY: 'SG.test',
    SENDGRID_BASE_URL: mailroom.url,
    SENDGRID_WEBHOOK_PUBLIC_KEY: mailroom.sendGridPublicKey,
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: 'token',
    TWILIO_FROM: '+14155550100',
    TWILIO_BASE_URL: mailroom.url,
    LOG_LEVEL: 'silent',
    // Test and API share one event loop here: its delays tell nothing of the API.
    EVENT_LOOP_DELAY_LIMIT: '0',
    ...environment,
  });
  const deps = await openDependencies(settings, (error, what) => problems.push(`${what}: ${error.message}`));
  const app = await buildApp(deps);
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  // The providers call back where the API really listens.
  Object.assign(settings, { PUBLIC_API_URL: url });
  const client = new MailroomClient(mailroom.url);
  await client.setEventWebhookUrl(`${url}/v1/webhooks/sendgrid`);
  const worker = withWorker
    ? await startWorker(settings, (error, what) => problems.push(`${what}: ${error.message}`))
    : undefined;
  const sql = new pg.Pool({ connectionString: database.adminUrl, max: 2 });
  sql.on('error', () => undefined);

  return {
    url,
    deps,
    sql,
    ownerUrl: database.ownerUrl,
    mailroom: client,
    filesDir,
    termsVersion: currentTermsVersion,
    browser: (portal, kept) => createClient({ baseUrl: url, portal, fetch: cookieJar(kept).fetch }),
    async close() {
      await app.close();
      await worker?.stop();
      await deps.close();
      await mailroom.close();
      await sql.end();
      await database.drop();
      await rm(filesDir, { recursive: true, force: true });
    },
  };
}
