import { resolve } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { megabytes, openPlaces, runCommand, say, secondsSince } from './backup/command.ts';
import { BackupRefusal } from './backup/backup-refusal.ts';
import { makeBackup } from './backup/make-backup.ts';
import { readBackupSettings } from './settings.ts';

/** `pnpm backup <folder>`: copies database and files into a new folder, while the product runs. Keys are not copied. */
await runCommand(async () => {
  const [named] = process.argv.slice(2);
  if (named === undefined) throw new BackupRefusal('Name a new folder: pnpm backup <folder>');
  const folder = resolve(named);
  const begun = Date.now();
  const { urls, ...places } = await openPlaces(readBackupSettings());
  const { manifest, missing } = await makeBackup(
    { ...places, ownerUrl: urls.owner, product: packageJson.version },
    folder,
  );
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  say(`Backed up to ${folder} in ${secondsSince(begun)}.`);
  say(`Recovery point: ${manifest.takenAt}. What was committed later is not in it.`);
  say(
    `${rows} rows in ${manifest.tables.length} tables; ${manifest.files.count} files, ${megabytes(manifest.files.bytesOfFiles)}; the audit up to seal ${manifest.audit.seals}.`,
  );
  const needed = [
    ...manifest.keys.vault.map(({ id }) => `vault key ${id}`),
    ...Object.entries(manifest.keys.settings).map(([name, id]) => `${name} ${id}`),
  ];
  say(`Keys are not in it. To restore it these are needed: ${needed.join(', ')}.`);
  if (missing.length === 0) return;
  throw new BackupRefusal(
    `The backup is whole but for ${missing.length} files that rows name and the store does not have: ${missing.slice(0, 20).join(', ')}.`,
  );
});
