import { execFile, spawn } from 'node:child_process';
import { access, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PlainError } from '../plain-error.ts';
import type { RunAs } from './account.ts';

/** One cluster on disk and the programs and account that work on it. */
export interface Cluster {
  readonly binaries: string;
  readonly folder: string;
  readonly runAs: RunAs;
}

/** Programs find their messages, locale and libraries from their own place: nothing of the caller's leaks in. */
const ENVIRONMENT = { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', TZ: 'UTC' };

/** What PostgreSQL's programs are spawned with. On Windows they need the system's own variables. */
export function spawnOptions({ runAs }: Cluster) {
  const env = process.platform === 'win32' ? undefined : ENVIRONMENT;
  const cwd = process.platform === 'win32' ? undefined : '/';
  return { ...runAs.identity, ...(env && { env }), ...(cwd && { cwd }) };
}

function runWithInput(
  program: string,
  args: readonly string[],
  cluster: Cluster,
  input: string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(cluster.binaries, 'bin', program), args, {
      ...spawnOptions(cluster),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new PlainError(`PostgreSQL's ${program} failed: ${said.trim().slice(-2_000)}`));
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

export async function isInitialised({ folder }: Cluster): Promise<boolean> {
  return access(join(folder, 'PG_VERSION')).then(
    () => true,
    () => false,
  );
}

/** Who may come in: anyone with a password, from this machine, over TCP. */
const ACCESS = 'host all all 127.0.0.1/32 scram-sha-256\n';

/**
 * Lays out a new cluster. The builtin C.UTF-8 locale needs no locale of the system and sorts alike on every
 * machine; lists for people name an ICU collation themselves.
 */
export async function initialise(cluster: Cluster, password: string, durable: boolean): Promise<void> {
  // A first run that was cut off leaves half a cluster, which initdb would refuse.
  for (const name of await readdir(cluster.folder)) {
    await rm(join(cluster.folder, name), { recursive: true, force: true });
  }
  // initdb would read the password from a file that both accounts can open. The server is not up yet and the
  // list of who may come in is replaced before it is, so the password is set afterwards instead.
  const flags = ['--auth=trust', '--username=postgres', '--encoding=UTF8', '--locale=C'];
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const sync = durable ? [] : ['--no-sync'];
  await runWithInput('initdb', ['-D', cluster.folder, ...flags, ...locale, ...sync], cluster, '');
  await writeFile(join(cluster.folder, 'pg_hba.conf'), ACCESS);
  await setPassword(cluster, password);
}

/** Gives the administrator a password without a running server: the first one, or when the kept one was lost. */
export async function setPassword(cluster: Cluster, password: string): Promise<void> {
  await runWithInput(
    'postgres',
    ['--single', '-D', cluster.folder, 'postgres'],
    cluster,
    `ALTER ROLE postgres PASSWORD '${password}';\n`,
  );
}

/** `fast` ends sessions and writes everything down; `immediate` is a crash, from which the next start recovers. */
export type Halt = 'fast' | 'immediate';

/** Stops whatever server runs on this cluster. */
export function stopServer(cluster: Cluster, how: Halt = 'fast', seconds = 20): Promise<boolean> {
  return new Promise((resolve) => {
    const args = ['stop', '-D', cluster.folder, '-m', how, '-w', '-t', String(seconds)];
    execFile(join(cluster.binaries, 'bin', 'pg_ctl'), args, spawnOptions(cluster), (error) =>
      resolve(error === null),
    );
  });
}

/** True when a process of this number lives, whoever it belongs to. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The number in postmaster.pid when it is a server's on this cluster that still runs, otherwise undefined. */
export async function livingPostmaster({ folder }: Cluster): Promise<number | undefined> {
  const [first] = (await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const pid = Number(first);
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return undefined;
  if (process.platform !== 'linux') return pid;
  // After `kill -9` the number may have gone to an unrelated process.
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return command.includes(folder) ? pid : undefined;
}

/** Clears what a killed server or a killed keeper left behind, so that the next start is never refused for it. */
export async function clearStaleLock(cluster: Cluster): Promise<void> {
  if ((await livingPostmaster(cluster)) !== undefined) await stopServer(cluster);
  else await rm(join(cluster.folder, 'postmaster.pid'), { force: true });
}
