import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  anyFreePort,
  createDatabase,
  openWatchdog,
  type Postgres,
  startPostgres,
  startService,
  type Watchdog,
} from '@casetalk/local-stack';
import { type Answer, assertSuccess, send, type Shot, targetOf } from '../load/requests.ts';
import type { Options } from '../options.ts';
import { inheritedEnvironment } from '../settings.ts';
import { type ApiProcess, poolSize, startApi, vaultKey } from './api-process.ts';
import { fillBare } from './bare-data.ts';
import { fillProduct } from './product-data.ts';

export type SizeName = 'large' | 'small';

export interface BareServer {
  readonly url: string;
  readonly pid: number;
  readonly talkIds: readonly string[];
}

/** What is measured, started when a figure first asks for it and kept for the others. */
export interface World {
  readonly options: Options;
  readonly watchdog: Watchdog;
  /** A folder on the disk that the product keeps its files on; removed at the end. */
  readonly folder: string;
  readonly say: (line: string) => void;
  readonly sink: (name: string, line: string) => void;
  readonly postgres: () => Promise<Postgres>;
  readonly product: (size: SizeName) => Promise<ApiProcess>;
  readonly bare: () => Promise<BareServer>;
  /** Ends every process and removes every file. Safe to call twice. */
  readonly close: () => Promise<void>;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

/** @param say hears what is being done */
export async function openWorld(options: Options, say: (line: string) => void): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'casetalk-bench-'));
  // PostgreSQL may run as another account and has to walk through.
  await chmod(folder, 0o711);
  const watchdog = openWatchdog();
  watchdog.discard(folder);
  const undo: (() => Promise<unknown>)[] = [() => watchdog.dismiss()];
  undo.push(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const lastWords: string[] = [];
  const sink = (name: string, line: string): void => {
    lastWords.push(`${name}: ${line}`);
    if (lastWords.length > 20) lastWords.shift();
  };

  const postgres = once(async () => {
    say('Starting PostgreSQL …');
    const server = await startPostgres({ dataDir: join(folder, 'postgresql'), durable: true, say });
    watchdog.guard(server.pid, 'SIGINT');
    watchdog.discard(server.folder);
    undo.push(() => rm(server.folder, { recursive: true, force: true, maxRetries: 5 }));
    undo.push(server.stop);
    return server;
  });

  const product = (name: SizeName) =>
    once(async () => {
      const size = options[name];
      const files = join(folder, `files-${name}`);
      await mkdir(files, { mode: 0o700 });
      const server = await postgres();
      const { profiles } = options;
      const started = await startApi({ name, postgres: server, folder: files, watchdog, sink, profiles });
      undo.push(started.stop);
      say(
        `Filling in ${size.messages.toLocaleString('en')} messages in ${size.talks.toLocaleString('en')} talks …`,
      );
      await fillProduct(started.adminUrl, size, {
        termsVersion: await termsVersionOf(started.url),
        vaultKey,
      });
      return started;
    });

  const bare = once(async () => {
    const { adminUrl } = await postgres();
    const database = await createDatabase(adminUrl, 'bare');
    say('Filling in the bare server’s messages …');
    const talkIds = await fillBare(database, options.large);
    const port = await anyFreePort();
    const url = `http://127.0.0.1:${port}`;
    const service = await startService({
      name: 'bare',
      script: join(import.meta.dirname, 'bare-server.ts'),
      args: [String(port), database, String(poolSize), folder],
      cwd: folder,
      env: { ...inheritedEnvironment(), NODE_ENV: 'production' },
      sink,
      watchdog,
      readyUrl: `${url}/readyz`,
    });
    undo.push(service.stop);
    return { url, pid: service.pid, talkIds };
  });

  const sizes = { large: product('large'), small: product('small') };
  let closing: Promise<void> | undefined;
  return {
    options,
    watchdog,
    folder,
    say,
    sink,
    postgres,
    product: (size) => sizes[size](),
    bare,
    close: () =>
      (closing ??= (async () => {
        for (const step of undo.toReversed()) await step();
      })()),
  };
}

/**
 * Everyone in the data has accepted the terms that the product asks for today. A process that has only just started may
 * say for a moment that it is too busy.
 */
async function termsVersionOf(url: string): Promise<string> {
  const shot: Shot = { method: 'GET', path: '/v1/terms?language=en', headers: {} };
  const target = targetOf(url, 1);
  const giveUpAt = Date.now() + 10_000;
  let answer: Answer = await send(target, shot);
  while (answer.status === 503 && Date.now() < giveUpAt) {
    await delay(200);
    answer = await send(target, shot);
  }
  target.agent.destroy();
  assertSuccess(shot, answer);
  return (JSON.parse(answer.body) as { version: string }).version;
}
