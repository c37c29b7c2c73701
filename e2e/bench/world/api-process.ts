import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import {
  anyFreePort,
  createDatabase,
  type Postgres,
  runScript,
  type Service,
  startService,
  urlOfDatabase,
  urlOfRole,
  type Watchdog,
} from '@casetalk/local-stack';
import { inheritedEnvironment } from '../settings.ts';

const api = resolve(import.meta.dirname, '../../../apps/api');

/** Both APIs log in to one server: the logins' passwords belong to the server. */
const passwords = { app: randomBytes(16).toString('hex'), jobs: randomBytes(16).toString('hex') };

/** Wraps the data keys of what the bench fills in, and of what the API seals. */
export const vaultKey = randomBytes(32).toString('base64');

/** A key for signed events, in the form that SendGrid shows it: SPKI in base64. */
const publicKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .publicKey.export({ type: 'spki', format: 'der' })
    .toString('base64');

export interface ApiProcess {
  readonly url: string;
  readonly pid: number;
  /** The administrator's connection string of this API's database. */
  readonly adminUrl: string;
  /** What it was started with; a worker beside it needs the same. */
  readonly env: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

/** The pool of one API process; the bare server gets the same. */
export const poolSize = 16;

/**
 * Makes an empty database, migrates it and starts the API over it, with the settings of production: every check, the
 * audit and the log are on. The providers' addresses lead nowhere; nothing of what is measured writes to them.
 * @param profiles a folder for the process's CPU profile, if wanted
 */
export async function startApi(options: {
  readonly name: string;
  readonly postgres: Postgres;
  readonly folder: string;
  readonly watchdog: Watchdog;
  readonly sink: (name: string, line: string) => void;
  readonly profiles: string | undefined;
}): Promise<ApiProcess> {
  const { name, postgres, folder, watchdog, sink, profiles } = options;
  await createDatabase(postgres.adminUrl, name);
  const adminUrl = urlOfDatabase(postgres.adminUrl, name);
  const port = await anyFreePort();
  const url = `http://127.0.0.1:${port}`;
  const nowhere = 'http://127.0.0.1:9';
  const env = {
    ...inheritedEnvironment(),
    NODE_ENV: 'production',
    ...(profiles ? { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${resolve(profiles)}` } : {}),
    LOG_LEVEL: 'info',
    DATABASE_URL: urlOfRole(adminUrl, 'casetalk_app', passwords.app),
    JOBS_DATABASE_URL: urlOfRole(adminUrl, 'casetalk_jobs', passwords.jobs),
    DATABASE_POOL_SIZE: String(poolSize),
    API_PORT: String(port),
    PUBLIC_API_URL: url,
    PUBLIC_CLINICIAN_URL: 'http://clinician.example.com',
    PUBLIC_PATIENT_URL: 'http://patient.example.com',
    FILES_DIR: folder,
    SEALING_KEY: randomBytes(32).toString('base64'),
    PASSWORD_PEPPER: randomBytes(32).toString('base64'),
    VAULT_KEY: vaultKey,
    SENDGRID_API_KEY: 'SG.none',
    SENDGRID_BASE_URL: nowhere,
    SENDGRID_WEBHOOK_PUBLIC_KEY: publicKey(),
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: 'none',
    TWILIO_FROM: '+14155550100',
    TWILIO_BASE_URL: nowhere,
  };
  const part = { cwd: api, sink, watchdog };
  await runScript({
    ...part,
    name: 'migrate',
    script: resolve(api, 'src/migrate.ts'),
    env: { ...env, NODE_OPTIONS: '', OWNER_DATABASE_URL: adminUrl },
  });
  const service: Service = await startService({
    ...part,
    name,
    script: resolve(api, 'src/main.ts'),
    env,
    readyUrl: `${url}/readyz`,
    stopWithinMs: 35_000,
  });
  return { url, pid: service.pid, adminUrl, env, stop: service.stop };
}
