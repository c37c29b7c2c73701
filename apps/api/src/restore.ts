import { resolve } from 'node:path';
import { BackupRefusal } from './backup/backup-refusal.ts';
import { megabytes, openPlaces, runCommand, say, secondsSince } from './backup/command.ts';
import { checkBackup, restoreBackup } from './backup/restore-backup.ts';
import { verdictLines } from './modules/audit/index.ts';
import { readBackupSettings } from './settings.ts';

/**
 * `pnpm restore <folder>`: brings a backup back into an empty database and an empty folder. With `--check` it only reads the
 * backup and says whether it is whole and whether the settings' keys open it.
 */
await runCommand(async () => {
  const args = process.argv.slice(2);
  const named = args.find((one) => !one.startsWith('--'));
  if (named === undefined) throw new BackupRefusal('Name the folder of the backup: pnpm restore <folder>');
  const folder = resolve(named);
  const begun = Date.now();
  const places = await openPlaces(readBackupSettings());
  const manifest = await checkBackup(folder, places);
  const { files, takenAt } = manifest;
  say(
    `The backup is whole: ${manifest.tables.length} tables, ${files.count} files, ${megabytes(files.bytesOfFiles)}.`,
  );
  if (args.includes('--check')) {
    say(`Recovery point: ${takenAt}. Checked in ${secondsSince(begun)}; nothing was restored.`);
    return;
  }
  const verdict = await restoreBackup(folder, manifest, places);
  for (const line of verdictLines(verdict, places.anchorsFile)) say(line);
  if (verdict.tampering) throw new BackupRefusal('What was restored does not stand up to its audit.');
  say(`Recovery point: ${takenAt}. Recovery time: ${secondsSince(begun)}.`);
  say('Now start the API and the worker with the same settings.');
});
