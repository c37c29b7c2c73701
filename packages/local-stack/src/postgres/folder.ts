import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PlainError } from '../plain-error.ts';
import type { RunAs } from './account.ts';

/** Where a cluster goes when the wanted folder is closed to its account. /var/tmp last: it gets swept. */
const SHELVES = ['/var/lib/casetalk', '/var/opt/casetalk', '/var/tmp/casetalk'];

/** Makes the folder for the account alone and proves that the account can stand in it and write. */
async function makeFor(folder: string, { identity }: RunAs): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const { uid, gid } = identity;
    if (uid === undefined || gid === undefined) return true;
    await chown(folder, uid, gid);
    await chmod(folder, 0o700);
  } catch {
    return false;
  }
  return new Promise((resolve) => {
    const script = 'cd "$1" && : > .reachable && rm .reachable';
    execFile('/bin/sh', ['-c', script, 'sh', folder], { cwd: '/', ...identity }, (error) =>
      resolve(error === null),
    );
  });
}

/**
 * The folder of the cluster's files: `<dataDir>/cluster`, or, when PostgreSQL's account cannot reach it, a place
 * elsewhere that `<dataDir>/location` remembers. Deleting `dataDir` therefore always means starting afresh.
 */
export async function clusterFolder(
  dataDir: string,
  runAs: RunAs,
  say: (line: string) => void,
): Promise<string> {
  await mkdir(dataDir, { recursive: true });
  // The account has to walk through; what else stands here is closed file by file.
  if (runAs.identity.uid !== undefined) await chmod(dataDir, 0o711);
  const note = join(dataDir, 'location');
  const remembered = (await readFile(note, 'utf8').catch(() => '')).trim();
  if (remembered !== '' && (await makeFor(remembered, runAs))) return remembered;

  const wanted = join(dataDir, 'cluster');
  if (await makeFor(wanted, runAs)) return wanted;

  const name = randomBytes(6).toString('hex');
  for (const shelf of SHELVES) {
    const folder = join(shelf, name);
    await mkdir(shelf, { recursive: true, mode: 0o755 }).catch(() => undefined);
    if (await makeFor(folder, runAs)) {
      await writeFile(note, `${folder}\n`);
      say(`The account ${runAs.name} cannot reach ${wanted}, so PostgreSQL keeps its data in ${folder}.`);
      return folder;
    }
  }
  throw new PlainError(
    `PostgreSQL has to run as the account ${runAs.name} here, and that account can reach neither ${wanted} nor ` +
      `${SHELVES.join(', ')}. Move the checkout to a folder open to it, run the command as an ordinary user, or set DATABASE_URL.`,
  );
}
