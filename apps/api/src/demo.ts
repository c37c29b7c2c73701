import { openDatabase } from './db/database.ts';
import { fillDemo } from './db/demo/fill.ts';
import { createPasswordHasher } from './gateways/password-hasher.ts';
import { createSealer } from './gateways/sealer.ts';
import { authenticatorContext } from './modules/second-factors/index.ts';
import { currentTermsVersion } from './modules/terms/index.ts';
import { readSettings } from './settings.ts';
import { createDataKeys } from './vault/data-keys.ts';
import { requireRightKeys } from './vault/key-register.ts';
import { openKeyVault } from './vault/open-key-vault.ts';

/** Fills the demo's people and cases in, once. */
const settings = readSettings();
const vault = await openKeyVault(settings);
const db = openDatabase(settings.DATABASE_URL, 1, () => undefined);
const hasher = createPasswordHasher({ pepper: settings.PASSWORD_PEPPER, cost: settings.PASSWORD_COST });
const sealer = createSealer(settings.SEALING_KEY);
const sealSetupKey = (id: string, setupKey: string): Buffer =>
  sealer.seal(setupKey, authenticatorContext(id));
await requireRightKeys(db, vault);
await fillDemo({ db, hasher, dataKeys: createDataKeys(db, vault) }, sealSetupKey, currentTermsVersion);
await Promise.all([hasher.close(), db.close()]);
