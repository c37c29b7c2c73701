import { openDatabase } from './db/database.ts';
import { describeFailure } from './describe-failure.ts';
import { openFileStore } from './gateways/open-file-store.ts';
import { type Fault, verifyFiles } from './modules/attachments/index.ts';
import { readFilesSettings } from './settings.ts';
import { createDataKeys } from './vault/data-keys.ts';
import { requireRightKeys } from './vault/key-register.ts';
import { openKeyVault } from './vault/open-key-vault.ts';
import { createSealedFileStore } from './vault/sealed-file-store.ts';
import { VaultRefusal } from './vault/vault-refusal.ts';

const words: Readonly<Record<Fault['what'], string>> = {
  missing: 'its bytes are not there',
  length: 'it has not the length that it came with',
  seal: 'it does not open: bytes were changed, or the key is another one',
  hash: 'it opens, and is not what came',
};

/**
 * `pnpm files:verify [--deep]`: holds the rows against the store of files and the store against the rows. Says counts and
 * ids, never a name. Ends with 1 when a file is missing or does not open, with 2 when it could not look.
 */
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const args = process.argv.slice(2);
const isDeep = args.includes('--deep');

if (args.some((arg) => arg !== '--deep')) {
  say('pnpm files:verify          is every file there, and does it open at its beginning and its end?');
  say('pnpm files:verify --deep   reads every byte, and holds it against its hash');
  process.exitCode = 2;
} else {
  await verify().catch((error: unknown) => {
    const why = error instanceof VaultRefusal ? error.message : JSON.stringify(describeFailure(error));
    process.stderr.write(`It could not look: ${why}\n`);
    process.exitCode = 2;
  });
}

async function verify(): Promise<void> {
  const settings = readFilesSettings();
  const db = openDatabase(settings.DATABASE_URL, 2, () => undefined);
  try {
    const vault = await openKeyVault(settings);
    await requireRightKeys(db, vault);
    const store = createSealedFileStore(await openFileStore(settings), createDataKeys(db, vault));
    const { files, previews, parts, faults, unnamed } = await verifyFiles(
      db,
      store,
      isDeep ? 'whole' : 'opens',
    );
    say(`${files} files, ${previews} previews, and ${parts} parts of large files and unfinished uploads.`);
    for (const { id, what } of faults) say(`${id}  ${words[what]}`);
    for (const id of unnamed.old) say(`${id}  no row names it, for more than a day`);
    if (unnamed.young > 0)
      say(`${unnamed.young} of today that no row names: they arrive, or go within a day.`);
    if (faults.length > 0) {
      say(
        `${faults.length} files are missing or damaged. Bring them back from a backup: docs/operations.md.`,
      );
      process.exitCode = 1;
    } else {
      say(
        isDeep ? 'Every byte is what came.' : 'Every file is there and opens at its beginning and its end.',
      );
    }
    if (unnamed.old.length > 0) {
      say(
        `${unnamed.old.length} should have been removed: does the API run, and may it write to the folder?`,
      );
      process.exitCode = 1;
    }
  } finally {
    await db.close();
  }
}
