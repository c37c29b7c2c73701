import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

/** What must not outlive us: process groups to end and folders to remove. */
export interface Watchdog {
  /** Ends this group when we are gone. `signal` is the polite one; SIGKILL follows. */
  readonly guard: (pid: number, signal?: NodeJS.Signals) => void;
  readonly release: (pid: number) => void;
  /** Removes this folder when we are gone, after the groups have ended. */
  readonly discard: (folder: string) => void;
  readonly keep: (folder: string) => void;
  /** Lets the watchdog go home without doing anything. */
  readonly dismiss: () => Promise<void>;
}

/**
 * A small process of its own that reads a pipe from us. However we end, even by `kill -9`, the pipe closes, and
 * it ends and removes what we had told it about.
 */
export function openWatchdog(): Watchdog {
  const script = join(import.meta.dirname, 'watchdog-process.ts');
  const dog: ChildProcess = spawn(process.execPath, [script], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  dog.unref();
  const { stdin } = dog;
  // A watchdog that died must not take us with it.
  stdin?.on('error', () => undefined);
  const tell = (...words: readonly (string | number)[]): void => {
    stdin?.write(`${JSON.stringify(words)}\n`);
  };
  return {
    guard: (pid, signal = 'SIGTERM') => tell('guard', pid, signal),
    release: (pid) => tell('release', pid),
    discard: (folder) => tell('discard', folder),
    keep: (folder) => tell('keep', folder),
    dismiss: () =>
      new Promise((resolve) => {
        if (dog.exitCode !== null || dog.signalCode !== null) resolve();
        dog.ref();
        dog.once('exit', () => resolve());
        tell('dismiss');
        stdin?.end();
      }),
  };
}
