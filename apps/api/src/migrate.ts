import { migrateDatabase } from './db/migrate.ts';
import { createDiskFileStore } from './gateways/disk-file-store.ts';
import { prepareQueue } from './jobs/prepare.ts';
import { readOwnerSettings } from './settings.ts';
import { openKeyVault } from './vault/open-key-vault.ts';
import { sealBacklog } from './vault/seal-backlog.ts';

/**
 * Brings the database to the present schema, and seals what an older version left in plain. Run it before the API of a new
 * version starts.
 */
const settings = readOwnerSettings();
await migrateDatabase({
  owner: settings.OWNER_DATABASE_URL,
  app: settings.DATABASE_URL,
  jobs: settings.JOBS_DATABASE_URL,
});
await sealBacklog(
  settings.OWNER_DATABASE_URL,
  {
    vault: () => openKeyVault(settings),
    files: () => createDiskFileStore(filesDir()),
  },
  (line) => process.stdout.write(`${line}\n`),
);
await prepareQueue(settings.OWNER_DATABASE_URL);

function filesDir(): string {
  if (settings.FILES_DIR === undefined) throw new Error('FILES_DIR is needed: files are there to be sealed.');
  return settings.FILES_DIR;
}
