import { describeFailure } from '../describe-failure.ts';
import { openFileStore } from '../gateways/open-file-store.ts';
import { anchorsFileOf } from '../modules/audit/index.ts';
import type { BackupSettings } from '../settings.ts';
import { openKeyVault } from '../vault/open-key-vault.ts';
import { VaultRefusal } from '../vault/vault-refusal.ts';
import { BackupRefusal } from './backup-refusal.ts';
import type { RestoreTarget } from './restore-backup.ts';

export const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Opens what backing up and restoring work with: the same places and keys as the API's. */
export async function openPlaces(settings: BackupSettings): Promise<RestoreTarget> {
  const { SEALING_KEY, PASSWORD_PEPPER } = settings;
  return {
    urls: {
      owner: settings.OWNER_DATABASE_URL,
      app: settings.DATABASE_URL,
      jobs: settings.JOBS_DATABASE_URL,
    },
    vault: await openKeyVault(settings),
    store: await openFileStore(settings),
    anchorsFile: anchorsFileOf(settings),
    settingsKeys: {
      ...(SEALING_KEY === undefined ? {} : { SEALING_KEY }),
      ...(PASSWORD_PEPPER === undefined ? {} : { PASSWORD_PEPPER }),
    },
  };
}

/** Runs a command to its end: what it refuses is said in its words, anything else without the values that were at hand. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const plain = error instanceof BackupRefusal || error instanceof VaultRefusal;
    const words = plain ? error.message : `It failed: ${JSON.stringify(describeFailure(error))}`;
    process.stderr.write(`${words}\n`);
    process.exitCode = 1;
  }
}

export const megabytes = (bytes: number): string => `${(bytes / 1000 ** 2).toFixed(1)} MB`;
export const secondsSince = (begun: number): string => `${((Date.now() - begun) / 1000).toFixed(1)} s`;
