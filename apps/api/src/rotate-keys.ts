import { readOwnerSettings } from './settings.ts';
import { openKeyVault } from './vault/open-key-vault.ts';
import { rotateKeys } from './vault/rotate-keys.ts';

/**
 * `pnpm keys:rotate`: wraps every data key anew under the vault key that the settings name. Safe to run while the product
 * serves, to break off and to run again.
 */
const settings = readOwnerSettings();
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const { keyId, retired, rewrapped } = await rotateKeys(
  settings.OWNER_DATABASE_URL,
  await openKeyVault(settings),
  say,
);
say(`Every data key is wrapped under ${keyId}.`);
for (const id of retired) say(`Nothing is wrapped under ${id} any more.`);
if (retired.length > 0) {
  say(
    'Now take the former key out of VAULT_FORMER_KEYS and restart the API. Keep it, apart from everything else, for as ' +
      'long as there are backups from before today: they open with it alone. After the last of them, destroy it.',
  );
} else if (rewrapped === 0) {
  say(
    'There was nothing to do. For a new key: put it into VAULT_KEY (`openssl rand -base64 32`) and the present one into ' +
      'VAULT_FORMER_KEYS, restart every API process, and run this again.',
  );
}
