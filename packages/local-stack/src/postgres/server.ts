import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { PlainError } from '../plain-error.ts';
import { anyFreePort } from '../ports.ts';
import { accountForPostgres } from './account.ts';
import { findBinaries } from './binaries.ts';
import {
  type Cluster,
  clearStaleLock,
  type Halt,
  isAlive,
  initialise,
  isInitialised,
  livingPostmaster,
  setPassword,
  spawnOptions,
  stopServer,
} from './cluster.ts';
import { clusterFolder } from './folder.ts';
import { keptPassword } from './password.ts';

export interface PostgresOptions {
  /** Folder for the password, the log and, where reachable, the cluster. Made when missing. */
  readonly dataDir: string;
  /** Port of 127.0.0.1; any free one when absent. */
  readonly port?: number;
  /** False gives up surviving a crash for speed: for data that is thrown away. True when absent. */
  readonly durable?: boolean;
  /** Receives sentences for the person at the keyboard: where data went and why. Silent when absent. */
  readonly say?: (line: string) => void;
}

export interface Postgres {
  /** Connection string of the administrator, database `postgres`. */
  readonly adminUrl: string;
  readonly port: number;
  /** Process id of the server that runs now, for a watchdog. */
  readonly pid: number;
  /** Where its files are: below `dataDir`, unless PostgreSQL's account cannot reach that. */
  readonly folder: string;
  /** Ends the server, and only it; nothing happens when it has ended by itself. */
  readonly halt: (how: Halt) => Promise<void>;
  /** Starts a server that has ended again, on the same port; resolves when it answers. Throws a PlainError when it cannot. */
  readonly launch: () => Promise<void>;
  /** Ends sessions, writes everything down, stops. Safe to call twice. */
  readonly stop: () => Promise<void>;
}

const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  timezone: 'UTC',
  log_timezone: 'UTC',
  shared_buffers: '256MB',
  password_encryption: 'scram-sha-256',
  // No standby and no backup stream here: less to write for the same safety.
  wal_level: 'minimal',
  max_wal_senders: '0',
  // The log holds no value of any row or parameter.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
};

const THROWAWAY: Readonly<Record<string, string>> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
};

const LOG_LIMIT_BYTES = 5 * 1024 * 1024;

async function isAnswering(adminUrl: string): Promise<boolean> {
  const client = new Client({ connectionString: adminUrl, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function endOfLog(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-8).join('\n');
}

async function launch(
  cluster: Cluster,
  port: number,
  durable: boolean,
  logFile: string,
): Promise<ChildProcess> {
  const size = await stat(logFile).then(
    (found) => found.size,
    () => 0,
  );
  const log = await open(logFile, size > LOG_LIMIT_BYTES ? 'w' : 'a', 0o600);
  const settings = { ...SETTINGS, ...(durable ? {} : THROWAWAY), port: String(port) };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  try {
    return spawn(join(cluster.binaries, 'bin', 'postgres'), ['-D', cluster.folder, ...flags], {
      ...spawnOptions(cluster),
      // Its own process group: Ctrl-C reaches us alone, and we stop things in their order.
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
  } finally {
    await log.close();
  }
}

interface Running {
  readonly server: ChildProcess;
  readonly exited: Promise<void>;
  readonly isOver: () => boolean;
}

function watch(server: ChildProcess): Running {
  let isOver = false;
  const exited = new Promise<void>((resolve) => {
    const end = (): void => {
      isOver = true;
      resolve();
    };
    server.once('exit', end);
    server.once('error', end);
  });
  return { server, exited, isOver: () => isOver };
}

/**
 * Refuses when another living process of ours keeps a server running on this cluster; otherwise stops whatever
 * a killed one left behind, and notes that we keep it now. Resolves with the file of that note.
 */
async function claim(dataDir: string, cluster: Cluster): Promise<string> {
  const file = join(dataDir, 'keeper.pid');
  const keeper = Number((await readFile(file, 'utf8').catch(() => '')).trim());
  const isKept = keeper > 0 && isAlive(keeper) && (await livingPostmaster(cluster)) !== undefined;
  if (isKept) {
    throw new PlainError(
      `PostgreSQL in ${dataDir} is already in use by process ${keeper}. Stop that one first.`,
    );
  }
  await clearStaleLock(cluster);
  await writeFile(file, `${process.pid}\n`);
  return file;
}

/**
 * Starts a PostgreSQL 18 of our own on 127.0.0.1, as root too, and resolves when it answers. Data is kept in
 * `dataDir` between runs. Throws a PlainError, in words for a person, when this machine cannot run one.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { dataDir, durable = true, say = () => undefined } = options;
  const runAs = await accountForPostgres();
  const binaries = await findBinaries(runAs, say);
  await mkdir(dataDir, { recursive: true });
  const cluster: Cluster = { binaries, folder: await clusterFolder(dataDir, runAs, say), runAs };
  const claimed = await claim(dataDir, cluster);

  const { password, isNew } = await keptPassword(dataDir);
  if (!(await isInitialised(cluster))) await initialise(cluster, password, durable);
  else if (isNew) await setPassword(cluster, password);

  const port = options.port ?? (await anyFreePort());
  const adminUrl = `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;
  const logFile = join(dataDir, 'postgresql.log');
  let running: Running | undefined;

  const start = async (): Promise<void> => {
    const started = watch(await launch(cluster, port, durable, logFile));
    running = started;
    const giveUpAt = Date.now() + 60_000;
    while (!(await isAnswering(adminUrl))) {
      if (started.isOver() || Date.now() > giveUpAt) {
        started.server.kill('SIGQUIT');
        throw new PlainError(`PostgreSQL did not start. Its last words:\n${await endOfLog(logFile)}`);
      }
      await Promise.race([delay(50), started.exited]);
    }
  };
  const halt = async (how: Halt): Promise<void> => {
    if (running === undefined || running.isOver()) return;
    const { server, exited } = running;
    await stopServer(cluster, how);
    const stopped = await Promise.race([exited.then(() => true), delay(5_000, false, { ref: false })]);
    if (!stopped) server.kill('SIGKILL');
    await exited;
  };

  try {
    await start();
  } catch (error) {
    await rm(claimed, { force: true });
    throw error;
  }
  return {
    adminUrl,
    port,
    get pid() {
      return running?.server.pid ?? 0;
    },
    folder: cluster.folder,
    halt,
    launch: async () => {
      await clearStaleLock(cluster);
      await start();
    },
    stop: async () => {
      await halt('fast');
      await rm(claimed, { force: true });
    },
  };
}
