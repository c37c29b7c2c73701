import type { Environment } from '../settings.ts';
import type { DatabaseUrls } from './database.ts';
import { type ProviderAccounts, publicKeyOf } from './provider-accounts.ts';

export interface StackPorts {
  readonly api: number;
  readonly clinician: number;
  readonly patient: number;
  readonly mailroom: number;
}

export interface EnvironmentParts {
  /** What a person set; wins over what the stack would choose. */
  readonly given: Environment;
  readonly database: DatabaseUrls;
  readonly ports: StackPorts;
  /** Of the stand-in. */
  readonly accounts: ProviderAccounts;
  /** The API's keys. */
  readonly secretsFile: string;
  readonly filesDir: string;
}

const isSet = (value: string | undefined): value is string => value !== undefined && value !== '';

/** Which real providers a person brought along; the mailroom stands in for the others. */
export function realProviders(given: Environment): { readonly mail: boolean; readonly phone: boolean } {
  return {
    mail: isSet(given['SENDGRID_API_KEY']),
    phone: isSet(given['TWILIO_ACCOUNT_SID']) || isSet(given['TWILIO_AUTH_TOKEN']),
  };
}

/** Everything a child inherits, without what the package manager adds and what only the owner may have. */
function inherited(given: Environment): Record<string, string> {
  const entries = Object.entries(given).filter(
    (entry): entry is [string, string] =>
      isSet(entry[1]) && !/^(?:npm_|pnpm_|TEST_)/i.test(entry[0]) && entry[0] !== 'OWNER_DATABASE_URL',
  );
  return Object.fromEntries(entries);
}

export const localUrl = (port: number): string => `http://localhost:${port}`;
export const loopbackUrl = (port: number): string => `http://127.0.0.1:${port}`;

/** The environment of the API and the worker. */
export function apiEnvironment(parts: EnvironmentParts): Environment {
  const { given, database, ports, accounts, secretsFile, filesDir } = parts;
  const real = realProviders(given);
  const mailroomUrl = loopbackUrl(ports.mailroom);
  return {
    LOG_LEVEL: 'info',
    PUBLIC_API_URL: loopbackUrl(ports.api),
    PUBLIC_CLINICIAN_URL: localUrl(ports.clinician),
    PUBLIC_PATIENT_URL: localUrl(ports.patient),
    SENDGRID_WEBHOOK_PUBLIC_KEY: publicKeyOf(accounts.mailroomPrivateKey),
    ...inherited(given),
    ...(!real.mail && { SENDGRID_API_KEY: accounts.sendGridApiKey, SENDGRID_BASE_URL: mailroomUrl }),
    ...(!real.phone && {
      TWILIO_ACCOUNT_SID: accounts.twilioAccountSid,
      TWILIO_AUTH_TOKEN: accounts.twilioAuthToken,
      TWILIO_BASE_URL: mailroomUrl,
      TWILIO_FROM: '+14155550100',
    }),
    NODE_ENV: 'production',
    DATABASE_URL: database.appUrl,
    JOBS_DATABASE_URL: database.jobsUrl,
    API_HOST: '127.0.0.1',
    API_PORT: String(ports.api),
    FILES_DIR: filesDir,
    SECRETS_FILE: secretsFile,
  };
}

/** The environment of the migration and the demo data: the API's, and the owner's way in. */
export function ownerEnvironment(parts: EnvironmentParts): Environment {
  return { ...apiEnvironment(parts), OWNER_DATABASE_URL: parts.database.ownerUrl };
}

/**
 * The environment of the stand-in for SendGrid and Twilio.
 * @param authenticators `otpauth://` addresses that its authenticator app holds
 */
export function mailroomEnvironment(
  { given, ports, accounts }: EnvironmentParts,
  authenticators: readonly string[] = [],
): Environment {
  const { PATH, HOME } = given;
  return {
    PATH,
    HOME,
    MAILROOM_HOST: '127.0.0.1',
    MAILROOM_PORT: String(ports.mailroom),
    SENDGRID_API_KEY: accounts.sendGridApiKey,
    TWILIO_ACCOUNT_SID: accounts.twilioAccountSid,
    TWILIO_AUTH_TOKEN: accounts.twilioAuthToken,
    MAILROOM_EVENT_WEBHOOK_URL: `${loopbackUrl(ports.api)}/v1/webhooks/sendgrid`,
    MAILROOM_SENDGRID_PRIVATE_KEY: accounts.mailroomPrivateKey,
    MAILROOM_AUTHENTICATOR_ACCOUNTS: authenticators.join(' '),
  };
}
