import { setTimeout as delay } from 'node:timers/promises';
import { type Database, openDatabase } from './db/database.ts';
import type { Dependencies } from './dependencies.ts';
import { createClamdScanner } from './gateways/clamd-scanner.ts';
import { openFileStore } from './gateways/open-file-store.ts';
import { createKnownDevices } from './gateways/known-devices.ts';
import { createPasswordHasher } from './gateways/password-hasher.ts';
import { createPasskeys } from './gateways/passkeys.ts';
import { createPhoneNumbers } from './gateways/libphonenumber.ts';
import { createPreviewMaker } from './gateways/previews/preview-maker.ts';
import { createSealer } from './gateways/sealer.ts';
import { createJobQueue } from './jobs/pg-boss-queue.ts';
import { createEventHub } from './modules/events/index.ts';
import type { Settings } from './settings.ts';
import type { Tracing } from './tracing/open-tracing.ts';
import { createDataKeys } from './vault/data-keys.ts';
import { createSealedFileStore } from './vault/sealed-file-store.ts';
import { requireRightKeys } from './vault/key-register.ts';
import { openKeyVault } from './vault/open-key-vault.ts';
import type { KeyVault } from './gateways/key-vault.ts';

/** How long a database that is starting is waited for, in seconds. */
const patience = 30;

async function checkKeys(db: Database, vault: KeyVault): Promise<void> {
  for (let second = 0; second < patience && !(await db.ping()); second += 1) await delay(1000);
  await requireRightKeys(db, vault);
}

/**
 * Opens everything from outside that the settings name. Begins with the vault: with a wrong key nothing else is opened.
 * @throws VaultRefusal, which tells how to mend it, when the vault's key is missing or is not the one that this database knows
 * @param onError told of failures that happen between requests: a connection lost, a folder not swept
 * @param tracing nothing is traced without it
 */
export async function openDependencies(
  settings: Settings,
  onError: (error: Error, what: string) => void,
  tracing?: Tracing,
): Promise<Dependencies & { close(): Promise<void> }> {
  const vault = await openKeyVault(settings);
  const plain = openDatabase(
    settings.DATABASE_URL,
    settings.DATABASE_POOL_SIZE,
    (error) => onError(error, 'a database connection broke'),
    tracing?.queries,
  );
  const db = tracing?.database(plain) ?? plain;
  try {
    await checkKeys(db, vault);
  } catch (error) {
    await db.close();
    throw error;
  }
  const dataKeys = createDataKeys(db, vault);
  const events = createEventHub(settings.JOBS_DATABASE_URL, (error) =>
    onError(error, 'the event connection broke'),
  );
  const jobs = createJobQueue(db, (error) => onError(error, 'the job queue could not be read'));
  const hasher = createPasswordHasher({
    pepper: settings.PASSWORD_PEPPER,
    formerPeppers: settings.PASSWORD_FORMER_PEPPERS,
    cost: settings.PASSWORD_COST,
  });
  return {
    settings,
    db,
    events,
    hasher,
    sealer: createSealer(settings.SEALING_KEY),
    knownDevices: createKnownDevices(settings.SEALING_KEY),
    passkeys: createPasskeys({
      clinician: settings.PUBLIC_CLINICIAN_URL,
      patient: settings.PUBLIC_PATIENT_URL,
    }),
    vault,
    dataKeys,
    fileStore: createSealedFileStore(await openFileStore(settings), dataKeys),
    previewMaker: createPreviewMaker(),
    scanner: settings.CLAMD_ADDRESS === undefined ? undefined : createClamdScanner(settings.CLAMD_ADDRESS),
    phoneNumbers: createPhoneNumbers(settings.PHONE_COUNTRIES),
    jobs,
    async close() {
      await Promise.all([events.close(), jobs.close()]);
      await Promise.all([hasher.close(), db.close()]);
    },
  };
}
