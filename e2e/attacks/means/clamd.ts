import { type ChildProcess, spawn } from 'node:child_process';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { comesTrue } from './target.ts';

export const clamdProgram = '/usr/sbin/clamd';

/** The text that every scanner calls malware, put together here so that no scanner stops at this file. */
export const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS', '-TEST-FILE!$H+H*'].join(
  '',
);
/** A word that the local signature knows, and nobody else does. */
export const localMalware = `a file that is ${'harmful'.repeat(3)} in this test alone`;

const hex = (text: string): string => Buffer.from(text).toString('hex');

export interface Clamd {
  /** Where it listens: a Unix socket's path. */
  readonly socket: string;
  /** Takes it away, as a crash does, and brings it back. */
  readonly kill: () => Promise<void>;
  readonly start: () => Promise<void>;
  /** Has it stand still in the middle of whatever it does, and go on. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** Begins anew with another limit, such as `1M`, for streams and files. */
  readonly limitTo: (most: string) => Promise<void>;
  /** Begins anew with a signature for this text too, as after an update. */
  readonly learn: (text: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** ClamAV's daemon with two signatures of its own and nothing downloaded. @returns undefined where it is not installed */
export async function startClamd(): Promise<Clamd | undefined> {
  const isThere = await access(clamdProgram).then(
    () => true,
    () => false,
  );
  if (!isThere) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'casetalk-clamd-'));
  const socket = join(folder, 'clamd.sock');
  const known = [`Test.Eicar:0:*:${hex(eicar)}`, `Test.Local:0:*:${hex(localMalware)}`];
  const sign = (): Promise<void> => writeFile(join(folder, 'local.ndb'), `${known.join('\n')}\n`);
  const config = join(folder, 'clamd.conf');
  const limit = (most: string): Promise<void> => {
    const lines = [
      `DatabaseDirectory ${folder}`,
      `LocalSocket ${socket}`,
      'Foreground yes',
      `StreamMaxLength ${most}`,
      `MaxFileSize ${most}`,
      `MaxScanSize ${most}`,
      'AlertExceedsMax yes',
      ...(process.getuid?.() === 0 ? ['User root'] : []),
    ];
    return writeFile(config, `${lines.join('\n')}\n`);
  };
  await sign();
  await limit('600M');
  let daemon: ChildProcess | undefined;
  const kill = async (): Promise<void> => {
    const running = daemon;
    if (!running) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGKILL');
    await ended;
    daemon = undefined;
    await rm(socket, { force: true });
  };
  const start = async (): Promise<void> => {
    daemon = spawn(clamdProgram, ['--config-file', config], { stdio: 'ignore' });
    const listens = () =>
      access(socket).then(
        () => true,
        () => false,
      );
    if (!(await comesTrue(listens, 60_000))) throw new Error('clamd did not start.');
  };
  await start();
  return {
    socket,
    kill,
    start,
    pause: () => daemon?.kill('SIGSTOP'),
    resume: () => daemon?.kill('SIGCONT'),
    async limitTo(most) {
      await kill();
      await limit(most);
      await start();
    },
    async learn(text) {
      known.push(`Test.Learned${known.length}:0:*:${hex(text)}`);
      await kill();
      await sign();
      await start();
    },
    async close() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
