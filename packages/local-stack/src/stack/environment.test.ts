import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Environment } from '../settings.ts';
import { urlsGiven, urlsOn } from './database.ts';
import {
  apiEnvironment,
  type EnvironmentParts,
  mailroomEnvironment,
  ownerEnvironment,
} from './environment.ts';
import { publicKeyOf } from './provider-accounts.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const accounts = {
  mailroomPrivateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
  sendGridApiKey: 'SG.stand-in',
  twilioAccountSid: 'AC-stand-in',
  twilioAuthToken: 'stand-in token',
};

const parts = (given: Environment = {}): EnvironmentParts => ({
  given,
  database: urlsOn('postgres://postgres:secret@127.0.0.1:4500/postgres', 'casetalk'),
  ports: { api: 1, clinician: 2, patient: 3, mailroom: 4 },
  accounts,
  secretsFile: '/data/keys.json',
  filesDir: '/data/files',
});

test('without accounts of their own, the API speaks to the mailroom and nobody else', () => {
  expect(apiEnvironment(parts())).toMatchObject({
    SENDGRID_BASE_URL: 'http://127.0.0.1:4',
    SENDGRID_API_KEY: 'SG.stand-in',
    TWILIO_BASE_URL: 'http://127.0.0.1:4',
    TWILIO_ACCOUNT_SID: 'AC-stand-in',
    PUBLIC_CLINICIAN_URL: 'http://localhost:2',
    PUBLIC_PATIENT_URL: 'http://localhost:3',
  });
  expect(mailroomEnvironment(parts())).toMatchObject({
    SENDGRID_API_KEY: 'SG.stand-in',
    MAILROOM_EVENT_WEBHOOK_URL: 'http://127.0.0.1:1/v1/webhooks/sendgrid',
  });
});

test('a real SendGrid account is used as it is, while Twilio stays with the mailroom', () => {
  const environment = apiEnvironment(parts({ SENDGRID_API_KEY: 'SG.real' }));
  expect(environment).toMatchObject({ SENDGRID_API_KEY: 'SG.real', TWILIO_BASE_URL: 'http://127.0.0.1:4' });
  expect(environment).not.toHaveProperty('SENDGRID_BASE_URL');
});

test('a real Twilio account is never pointed at the mailroom', () => {
  const given = { TWILIO_ACCOUNT_SID: 'ACreal', TWILIO_AUTH_TOKEN: 'real', TWILIO_FROM: '+14155550199' };
  const environment = apiEnvironment(parts(given));
  expect(environment).toMatchObject(given);
  expect(environment).not.toHaveProperty('TWILIO_BASE_URL');
});

test('an empty variable counts as one that is not set', () => {
  const environment = apiEnvironment(parts({ SENDGRID_API_KEY: '', LOG_LEVEL: '' }));
  expect(environment).toMatchObject({ SENDGRID_API_KEY: 'SG.stand-in', LOG_LEVEL: 'info' });
});

test("the API and the mailroom never have the owner's way in", () => {
  const given = { OWNER_DATABASE_URL: 'postgres://owner:secret@db/casetalk' };
  const everything = JSON.stringify([apiEnvironment(parts(given)), mailroomEnvironment(parts(given))]);
  expect(everything).not.toContain('owner');
  expect(ownerEnvironment(parts(given))['OWNER_DATABASE_URL']).toContain('casetalk_owner');
});

test('the public half of the key has the form that SendGrid shows', () => {
  const shown = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  expect(publicKeyOf(accounts.mailroomPrivateKey)).toBe(shown);
});

test('DATABASE_URL alone is the owner, and the two logins are made on the same server', () => {
  const databaseUrl = 'postgres://me:secret@db.example.com:5432/product?sslmode=require';
  const { ownerUrl, appUrl, jobsUrl } = urlsGiven({ databaseUrl, ownerUrl: undefined, jobsUrl: undefined });
  expect(ownerUrl).toBe(databaseUrl);
  expect(appUrl).toMatch(
    /^postgres:\/\/casetalk_app:[\w-]{43}@db\.example\.com:5432\/product\?sslmode=require$/,
  );
  expect(new URL(jobsUrl).username).toBe('casetalk_jobs');
  expect(new URL(jobsUrl).password).not.toBe(new URL(appUrl).password);
});

test('DATABASE_URL beside OWNER_DATABASE_URL is the login of the API', () => {
  const databaseUrl = 'postgres://casetalk_app:a@db/product';
  const given = urlsGiven({
    databaseUrl,
    ownerUrl: 'postgres://boss:b@db/product',
    jobsUrl: 'postgres://casetalk_jobs:c@db/product',
  });
  expect(given).toEqual({
    appUrl: databaseUrl,
    ownerUrl: 'postgres://boss:b@db/product',
    jobsUrl: 'postgres://casetalk_jobs:c@db/product',
  });
});
