import { copyFile, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type DatabaseUrls, ensureDatabase, type Stack } from '@casetalk/local-stack';
import { type Ended, runCommand } from './operator-command.ts';

/** What an operator has of an installation beside its machine. */
export interface Escrow {
  /** The settings with which its commands are run. */
  readonly environment: Readonly<Record<string, string>>;
  /** A copy of its keys, which no backup holds. */
  readonly keysFile: string;
}

/** Copies keys and settings of a running product. @param folder where they are kept, away from the product's own */
export async function keepElsewhere({ filesDir }: Pick<Stack, 'filesDir'>, folder: string): Promise<Escrow> {
  const noted = await readFile(join(dirname(filesDir), 'operator-environment.json'), 'utf8');
  const environment = JSON.parse(noted) as Record<string, string>;
  const keysFile = join(folder, 'keys.json');
  await copyFile(environment['SECRETS_FILE'] ?? '', keysFile);
  return { environment, keysFile };
}

export interface Backup extends Ended {
  readonly folder: string;
  /** The recovery point that it says, in milliseconds of the epoch; NaN when it says none. */
  readonly point: number;
}

/** `pnpm backup`, while the product runs. */
export async function backUp({ environment }: Escrow, folder: string): Promise<Backup> {
  const ended = await runCommand('backup', [folder], environment);
  const said = /Recovery point: (\S+Z)\./.exec(ended.output)?.[1] ?? '';
  return { ...ended, folder, point: Date.parse(said) };
}

export interface Restored extends Ended {
  readonly urls: DatabaseUrls;
  /** The settings of what was restored. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * `pnpm restore` into a place where nothing is: a new database, a new folder, and in it the keys that were kept.
 * @param adminUrl the server on which the database is made; whoever asks drops it
 * @param place an empty folder, from which a product can be started afterwards
 */
export async function restore(
  adminUrl: string,
  { folder, keysFile }: Pick<Backup, 'folder'> & Pick<Escrow, 'keysFile'>,
  { databaseName, place }: { readonly databaseName: string; readonly place: string },
): Promise<Restored> {
  const urls = await ensureDatabase(adminUrl, databaseName);
  const environment = {
    OWNER_DATABASE_URL: urls.ownerUrl,
    DATABASE_URL: urls.appUrl,
    JOBS_DATABASE_URL: urls.jobsUrl,
    FILES_DIR: join(place, 'files'),
    SECRETS_FILE: join(place, 'keys.json'),
  };
  await copyFile(keysFile, environment.SECRETS_FILE);
  return { ...(await runCommand('restore', [folder], environment)), urls, environment };
}

/** What a drill came to, in seconds. */
export interface DrillFigures {
  /** How much of what was written last is gone. */
  readonly point: number;
  /** From the beginning of restoring until a patient reads again. */
  readonly recovery: number;
  /** How much of it the command took. */
  readonly restoring: number;
}

export const drillLine = ({ point, recovery, restoring }: DrillFigures): string =>
  `Recovery point: ${point.toFixed(1)} s before the loss. ` +
  `Recovery time: ${recovery.toFixed(1)} s until a patient reads again, ${restoring.toFixed(1)} s of it restoring.`;
