import { join } from 'node:path';
import { PlainError } from './plain-error.ts';
import { root } from './root.ts';
import { inheritedEnvironment, loadDotEnv } from './settings.ts';
import type { DatabaseSource } from './stack/database-source.ts';
import { urlsGiven } from './stack/database.ts';
import { claimRunning, whoRuns } from './stack/running.ts';
import { readSignIns } from './stack/sign-ins.ts';
import { startStack } from './stack/stack.ts';
import { untilAskedToStop } from './stack/stop-reasons.ts';
import { addressTable, signInTable } from './stack/tables.ts';

const PREFERRED = { clinician: 4100, patient: 4200, api: 4000, mailroom: 4300, postgres: 4500 };
const dataDir = join(root, '.data');
const say = (line: string): void => console.log(line);

function databaseOfTheirs(): DatabaseSource {
  const { DATABASE_URL, OWNER_DATABASE_URL, JOBS_DATABASE_URL } = inheritedEnvironment();
  if (DATABASE_URL === undefined || DATABASE_URL === '') return {};
  say('Using the PostgreSQL of DATABASE_URL.');
  const ownerUrl = OWNER_DATABASE_URL;
  return { urls: urlsGiven({ databaseUrl: DATABASE_URL, ownerUrl, jobsUrl: JOBS_DATABASE_URL }) };
}

async function start(): Promise<void> {
  loadDotEnv(join(root, '.env'));
  const note = join(dataDir, 'running.json');
  const other = await whoRuns(note);
  if (other !== undefined) {
    const where =
      Object.keys(other.addresses).length > 0 ? `:\n\n${addressTable(other.addresses)}` : ', still starting.';
    say(`CaseTalk is running already, as process ${other.pid}${where}`);
    return;
  }
  const claim = await claimRunning(note);
  const asked = untilAskedToStop();
  const begun = Date.now();
  say('Starting CaseTalk …');
  try {
    const starting = startStack({ dataDir, ports: PREFERRED, database: databaseOfTheirs(), say });
    starting.catch(() => undefined);
    const stack = await Promise.race([asked.then(() => undefined), starting]);
    if (stack === undefined) {
      // Half a product is ended by the watchdog, which does so as soon as we are gone.
      say('\nStopping …');
      return;
    }
    const addresses = {
      'Clinician portal': stack.clinicianUrl,
      'Patient portal': stack.patientUrl,
      API: `${stack.apiUrl}/docs`,
      ...(stack.mailroomUrl !== undefined && { Mailroom: stack.mailroomUrl }),
    };
    await claim.announce(addresses);
    const seconds = ((Date.now() - begun) / 1_000).toFixed(1);
    say(`\nCaseTalk is up after ${seconds} s.\n\n${addressTable(addresses)}\n`);
    say(signInTable(await readSignIns(), stack.mailroomUrl && `${stack.mailroomUrl}/authenticator`));
    say(`\nWhat the parts write goes to ${stack.logFile}. Data is kept in ${dataDir}. Press Ctrl-C to stop.`);
    await asked;
    say('\nStopping …');
    await stack.stop();
    say('Stopped. Your data is kept.');
  } finally {
    await claim.release();
  }
}

try {
  await start();
  process.exit(0);
} catch (error) {
  console.error(error instanceof PlainError ? `\n${error.message}` : error);
  process.exit(1);
}
