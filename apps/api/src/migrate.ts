import { migrateDatabase } from './db/migrate.ts';
import { prepareQueue } from './jobs/prepare.ts';
import { readOwnerSettings } from './settings.ts';

/** Brings the database to the present schema. Run it before the API of a new version starts. */
const settings = readOwnerSettings();
await migrateDatabase({
  owner: settings.OWNER_DATABASE_URL,
  app: settings.DATABASE_URL,
  jobs: settings.JOBS_DATABASE_URL,
});
await prepareQueue(settings.OWNER_DATABASE_URL);
