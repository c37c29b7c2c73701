import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { PlainError } from '../plain-error.ts';

/** Whose hands PostgreSQL's programs run in. An empty identity means our own. */
export interface RunAs {
  readonly name: string;
  readonly identity: { readonly uid?: number; readonly gid?: number };
}

const run = promisify(execFile);
const CANDIDATES = ['postgres', '_postgres', 'casetalk'];

/** The numbers of an account of this machine, from its list of accounts. */
async function lookUp(name: string): Promise<RunAs | undefined> {
  const accounts = await readFile('/etc/passwd', 'utf8').catch(() => '');
  for (const line of accounts.split('\n')) {
    const [account, , uid, gid] = line.split(':');
    if (account !== name || Number(uid) === 0) continue;
    // Old systems write nobody as -2, which the kernel reads as an unsigned number.
    return { name, identity: { uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 } };
  }
  return undefined;
}

/** An account for PostgreSQL alone; undefined where accounts cannot be made (small containers). */
async function create(): Promise<RunAs | undefined> {
  try {
    await run('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      '--shell',
      '/bin/false',
      'casetalk',
    ]);
  } catch {
    return undefined;
  }
  return lookUp('casetalk');
}

/** Proves that we may become this account at all: a container without the right capability may not. */
async function canBecome(account: RunAs): Promise<boolean> {
  try {
    await run('/bin/sh', ['-c', 'exit 0'], { cwd: '/', ...account.identity });
    return true;
  } catch {
    return false;
  }
}

/**
 * The account that PostgreSQL runs as. PostgreSQL refuses root, because a broken-into server would then own the
 * machine; so root lends it the account `postgres`, or one made for it, or `nobody`.
 */
export async function accountForPostgres(): Promise<RunAs> {
  if (process.getuid?.() !== 0) return { name: 'you', identity: {} };
  const known = (await Promise.all(CANDIDATES.map(lookUp))).find((account) => account !== undefined);
  const options = [known, known === undefined ? await create() : undefined, await lookUp('nobody')];
  for (const account of options) {
    if (account !== undefined && (await canBecome(account))) return account;
  }
  throw new PlainError(
    'PostgreSQL refuses to run as root, and this machine has no other account it could run as. ' +
      'Run the command as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.',
  );
}
