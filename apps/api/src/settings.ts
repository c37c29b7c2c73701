import { readFileSync } from 'node:fs';
import * as z from 'zod';

const url = z.url();
const port = z.coerce.number().int().min(0).max(65_535);
const bytes = z.coerce.number().int().min(1);
const key = z
  .base64()
  .refine((text) => Buffer.from(text, 'base64').length === 32, 'must be 32 bytes in base64');
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);

/**
 * Every setting of the API and its worker, read from the environment. The settings table of the documentation is made
 * from the descriptions below.
 */
export const settingsSchema = z.object({
  DATABASE_URL: url.describe('PostgreSQL 15 or newer, as the login casetalk_app.'),
  JOBS_DATABASE_URL: url.describe(
    'The same database, as the login casetalk_jobs. Read by the worker and for LISTEN.',
  ),
  DATABASE_POOL_SIZE: z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .default(16)
    .describe('Connections of one API process.'),
  API_HOST: z.string().default('127.0.0.1').describe('The address that the API listens on.'),
  API_PORT: port.default(4000).describe('The port that the API listens on.'),
  PUBLIC_API_URL: url.describe('Where the providers reach the API for their webhooks.'),
  PUBLIC_CLINICIAN_URL: url.describe(
    'The clinician portal’s address, as it stands in emails; passkeys are bound to it.',
  ),
  PUBLIC_PATIENT_URL: url.describe(
    'The patient portal’s address, as it stands in emails; passkeys are bound to it.',
  ),
  TRUSTED_PROXIES: list
    .default(['127.0.0.1', '::1'])
    .describe(
      'Addresses of the web servers in front, separated by commas: only their X-Forwarded-For is believed.',
    ),
  FILES_DIR: z
    .string()
    .min(1)
    .describe(
      'The folder that keeps the files, and the audit’s anchors unless AUDIT_ANCHORS_FILE names them.',
    ),
  FILES_S3_BUCKET: z
    .string()
    .min(3)
    .optional()
    .describe(
      'A bucket of an S3-compatible store that keeps the files instead of FILES_DIR. Credentials come the way the AWS SDK looks for them, such as AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    ),
  FILES_S3_REGION: z.string().min(1).optional().describe('Its region, where AWS_REGION does not say it.'),
  FILES_S3_ENDPOINT: url.optional().describe('Where the store answers, when it is not Amazon’s.'),
  CLAMD_ADDRESS: z
    .string()
    .regex(/^(?:unix:\/.+|tcp:\/\/[^/]+:\d+)$/, 'Write unix:/path/of/clamd.ctl or tcp://host:3310.')
    .optional()
    .describe(
      'Where clamd listens: unix:/run/clamav/clamd.ctl or tcp://host:3310. Files then can be opened once it has found nothing in them. Without it files are marked as not scanned.',
    ),
  AUDIT_ANCHORS_FILE: z
    .string()
    .min(1)
    .optional()
    .describe(
      'The file to which the worker adds the head of the audit’s chain each hour; best on another machine’s disk. Without it audit-anchors.jsonl in FILES_DIR.',
    ),
  TALK_FILES_QUOTA: bytes.default(20 * 1000 ** 3).describe('Bytes that the files of one talk may take.'),
  CASE_FILES_QUOTA: bytes
    .default(100 * 1000 ** 3)
    .describe('Bytes that the files uploaded to one case may take.'),
  PERSON_DAY_FILES_QUOTA: bytes
    .default(10 * 1000 ** 3)
    .describe('Bytes that one person may upload within 24 hours.'),
  SEALING_KEY: key.describe('32 bytes in base64: seals codes, keys hashes of numbers and addresses.'),
  PASSWORD_PEPPER: key.describe('32 bytes in base64: mixed into every password before it is hashed.'),
  PASSWORD_FORMER_PEPPERS: list
    .pipe(z.array(key))
    .default([])
    .describe(
      'Former values of PASSWORD_PEPPER, separated by commas, the latest first: a password of theirs is hashed anew when its owner signs in.',
    ),
  PASSWORD_COST: z.coerce.number().int().min(10).max(15).default(12).describe('bcrypt’s cost factor.'),
  VAULT_KEY: key
    .optional()
    .describe(
      '32 bytes in base64: wraps the keys that talks, cases and files are sealed with. Lost, nothing of them opens again. Set this, VAULT_KEY_FILE or VAULT_KMS_KEY_ID.',
    ),
  VAULT_KEY_FILE: z.string().min(1).optional().describe('A file that holds VAULT_KEY instead.'),
  VAULT_KMS_KEY_ID: z
    .string()
    .min(1)
    .optional()
    .describe('A symmetric key of AWS KMS (id, alias or ARN) that wraps those keys instead.'),
  VAULT_KMS_REGION: z.string().min(1).optional().describe('Its region, where AWS_REGION does not say it.'),
  VAULT_KMS_ENDPOINT: url.optional().describe('Where KMS answers, when not at its own address.'),
  VAULT_FORMER_KEYS: list
    .pipe(z.array(key))
    .default([])
    .describe('Former values of VAULT_KEY, separated by commas, until `pnpm keys:rotate` has finished.'),
  SENDGRID_API_KEY: z.string().min(1).describe('SendGrid’s API key.'),
  SENDGRID_BASE_URL: url.default('https://api.sendgrid.com').describe('Where SendGrid answers.'),
  SENDGRID_WEBHOOK_PUBLIC_KEY: z.string().min(1).describe('Verifies SendGrid’s signed events.'),
  MAIL_FROM: z
    .email()
    .default('no-reply@casetalk.example.com')
    .describe('The sender’s address of every email.'),
  TWILIO_ACCOUNT_SID: z.string().min(1).describe('Twilio’s account.'),
  TWILIO_AUTH_TOKEN: z.string().min(1).describe('Twilio’s token; verifies its callbacks too.'),
  TWILIO_FROM: z
    .string()
    .regex(/^\+\d{8,15}$/)
    .describe('The number that texts and calls come from, E.164.'),
  TWILIO_BASE_URL: url.default('https://api.twilio.com').describe('Where Twilio answers.'),
  PHONE_COUNTRIES: list
    .default(['US', 'CA'])
    .describe('Countries whose numbers may receive codes, ISO 3166-1.'),
  CODES_PER_NETWORK: z.coerce
    .number()
    .int()
    .min(1)
    .default(20)
    .describe(
      'Codes that one network may ask for in an hour. Raise it where many patients share a connection.',
    ),
  CODES_PER_HOUR: z.coerce
    .number()
    .int()
    .min(1)
    .default(100)
    .describe('Codes in an hour, in all, beyond which sending stops unless the week before was as busy.'),
  EVENT_LOOP_DELAY_LIMIT: z.coerce
    .number()
    .int()
    .min(0)
    .default(1500)
    .describe(
      'Beyond this mean delay of the event loop, in milliseconds, new requests get 503; 0 never does.',
    ),
  METRICS_PORT: port
    .optional()
    .describe('The port at which the API answers Prometheus at /metrics. Without it nothing is measured.'),
  WORKER_METRICS_PORT: port.optional().describe('The same for the worker.'),
  METRICS_HOST: z
    .string()
    .default('127.0.0.1')
    .describe('The address that metrics are answered at. Never one that the public reaches.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: url
    .optional()
    .describe(
      'Where an OpenTelemetry collector takes traces by OTLP over HTTP, such as http://127.0.0.1:4318. Without it nothing is traced.',
    ),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe('The share of requests and jobs that is traced.'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('How much is logged.'),
});

export type Settings = z.infer<typeof settingsSchema>;
export type FileStoreSettings = Pick<Settings, 'FILES_DIR' | Extract<keyof Settings, `FILES_S3_${string}`>>;
export type VaultSettings = Pick<Settings, Extract<keyof Settings, `VAULT_${string}`>>;

/** Whether a text is a key in the form that the settings want. */
export const isVaultKey = (text: string): boolean => key.safeParse(text).success;

/** What the migrations need: the owner's connection, beside those of the logins that they set up. */
export const ownerSettingsSchema = settingsSchema
  .pick({
    DATABASE_URL: true,
    JOBS_DATABASE_URL: true,
    VAULT_KEY: true,
    VAULT_KEY_FILE: true,
    VAULT_KMS_KEY_ID: true,
    VAULT_KMS_REGION: true,
    VAULT_KMS_ENDPOINT: true,
    VAULT_FORMER_KEYS: true,
  })
  .extend({
    FILES_DIR: settingsSchema.shape.FILES_DIR.optional(),
    OWNER_DATABASE_URL: url.describe(
      'The same database, as its owner. Read by the migrations and the demo data alone.',
    ),
  });

/** Where the files are. */
const fileStoreShape = {
  FILES_DIR: settingsSchema.shape.FILES_DIR,
  FILES_S3_BUCKET: settingsSchema.shape.FILES_S3_BUCKET,
  FILES_S3_REGION: settingsSchema.shape.FILES_S3_REGION,
  FILES_S3_ENDPOINT: settingsSchema.shape.FILES_S3_ENDPOINT,
};

/** What backing up and restoring need beside that: where the files and the audit's anchors are, and which keys are in use. */
const backupSettingsSchema = ownerSettingsSchema.extend({
  ...fileStoreShape,
  AUDIT_ANCHORS_FILE: settingsSchema.shape.AUDIT_ANCHORS_FILE,
  SEALING_KEY: key.optional(),
  PASSWORD_PEPPER: key.optional(),
});
export type BackupSettings = z.infer<typeof backupSettingsSchema>;

/** What verifying the files needs: the rows, the folder, and the vault that opens them. */
const filesSettingsSchema = ownerSettingsSchema
  .omit({ OWNER_DATABASE_URL: true, JOBS_DATABASE_URL: true })
  .extend(fileStoreShape);

/** What verifying the audit needs: the worker's connection and the anchors. */
const auditSettingsSchema = settingsSchema.pick({
  JOBS_DATABASE_URL: true,
  FILES_DIR: true,
  AUDIT_ANCHORS_FILE: true,
});

/** What the commands about jobs need. @throws an Error that names every setting that is missing or wrong */
export const readJobsSettings = (
  environment: NodeJS.ProcessEnv = process.env,
): { readonly JOBS_DATABASE_URL: string } =>
  parse(settingsSchema.pick({ JOBS_DATABASE_URL: true }), environment);

/** @throws an Error that names every setting that is missing or wrong */
export const readAuditSettings = (
  environment: NodeJS.ProcessEnv = process.env,
): z.infer<typeof auditSettingsSchema> => parse(auditSettingsSchema, environment);

/** @throws an Error that names every setting that is missing or wrong */
export const readFilesSettings = (
  environment: NodeJS.ProcessEnv = process.env,
): z.infer<typeof filesSettingsSchema> => parse(filesSettingsSchema, environment);

/** @throws an Error that names every setting that is missing or wrong */
export const readOwnerSettings = (
  environment: NodeJS.ProcessEnv = process.env,
): z.infer<typeof ownerSettingsSchema> => parse(ownerSettingsSchema, environment);

/** @throws an Error that names every setting that is missing or wrong */
export const readBackupSettings = (environment: NodeJS.ProcessEnv = process.env): BackupSettings =>
  parse(backupSettingsSchema, environment);

/**
 * Reads the settings. `SECRETS_FILE`, when set, names a JSON file with `SEALING_KEY`, `PASSWORD_PEPPER` and
 * `VAULT_KEY`, so that keys need not stand in the environment.
 * @throws an Error that names every setting that is missing or wrong, and what it should be
 */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  return parse(settingsSchema, environment);
}

const vaultNames = ['VAULT_KEY', 'VAULT_KEY_FILE', 'VAULT_KMS_KEY_ID'];

const secretsIn = (file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;

function parse<S extends z.ZodType>(schema: S, environment: NodeJS.ProcessEnv): z.infer<S> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const secrets = given['SECRETS_FILE'] ? secretsIn(given['SECRETS_FILE']) : {};
  // There is one vault: where the environment names it, the file's is another one.
  if (vaultNames.some((name) => given[name] !== undefined)) delete secrets['VAULT_KEY'];
  const result = schema.safeParse({ ...secrets, ...given });
  if (result.success) return result.data;
  const rows = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`These settings are missing or wrong:\n${rows.join('\n')}\nSee docs/settings.md.`);
}
