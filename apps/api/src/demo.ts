import { openDatabase } from './db/database.ts';
import { fillDemo } from './db/demo/fill.ts';
import { createPasswordHasher } from './gateways/password-hasher.ts';
import { currentTermsVersion } from './modules/terms/index.ts';
import { readSettings } from './settings.ts';

/** Fills the demo's people and cases in, once. */
const settings = readSettings();
const db = openDatabase(settings.DATABASE_URL, 1, () => undefined);
const hasher = createPasswordHasher({ pepper: settings.PASSWORD_PEPPER, cost: settings.PASSWORD_COST });
await fillDemo(db, hasher, currentTermsVersion);
await Promise.all([hasher.close(), db.close()]);
