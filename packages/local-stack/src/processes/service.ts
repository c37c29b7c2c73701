import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { PlainError } from '../plain-error.ts';
import { groupLives, signalGroup } from './groups.ts';
import { pourLines } from './log.ts';
import { rememberLines, type ScriptOptions } from './run-script.ts';

export interface ServiceOptions extends ScriptOptions {
  /** Answered with 2xx once the service is ready; without one it is ready as soon as it runs. */
  readonly readyUrl?: string;
  /** How long the service may take to end by itself before it is killed. 10 000 when absent. */
  readonly stopWithinMs?: number;
  /** Told once when the service ends without having been asked to: by which code or signal, after which lines. */
  readonly onUnexpectedEnd?: (end: { readonly how: string; readonly lastLines: string }) => void;
}

export interface Service {
  readonly name: string;
  readonly pid: number;
  /** SIGTERM, then SIGKILL, for the whole group. Resolves when nothing is left. */
  readonly stop: () => Promise<void>;
  /** SIGKILL for the whole group. Resolves when nothing is left. */
  readonly kill: () => Promise<void>;
}

const READY_WITHIN_MS = 60_000;

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000), redirect: 'manual' });
    await response.body?.cancel();
    return response.status < 400;
  } catch {
    return false;
  }
}

const OUTCOMES = { ended: 'ended while starting', late: 'was not ready within a minute' } as const;

async function untilReady(
  url: string,
  ended: Promise<void>,
  hasEnded: () => boolean,
): Promise<'ready' | keyof typeof OUTCOMES> {
  const giveUpAt = Date.now() + READY_WITHIN_MS;
  while (!(await answers(url))) {
    if (hasEnded()) return 'ended';
    if (Date.now() > giveUpAt) return 'late';
    await Promise.race([delay(50), ended]);
  }
  return 'ready';
}

/**
 * Starts a long-lived script of the product in a process group of its own and resolves when it is ready. Throws
 * a PlainError with its last lines when it ends first or does not become ready within a minute.
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { name, script, args = [], cwd, env, watchdog, readyUrl, onUnexpectedEnd } = options;
  const { stopWithinMs = 10_000 } = options;
  const { sink, last } = rememberLines(options.sink);
  const child = spawn(process.execPath, [script, ...args], {
    cwd,
    env,
    // A group of its own: Ctrl-C reaches us alone, and we stop things in their order.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  pourLines(child.stdout, name, sink);
  pourLines(child.stderr, name, sink);
  let phase: 'starting' | 'ready' | 'stopping' | 'ended' = 'starting';
  const ended = new Promise<void>((resolve) => {
    const onEnd = (how: string): void => {
      const wasReady = phase === 'ready';
      phase = 'ended';
      resolve();
      if (wasReady) onUnexpectedEnd?.({ how, lastLines: last() });
    };
    child.once('error', (error) => onEnd(error.message));
    child.once('close', (code, signal) => onEnd(signal ?? `exit code ${code}`));
  });
  const { pid } = child;
  if (pid === undefined) throw new PlainError(`${name} could not be started: ${script}`);
  watchdog.guard(pid);

  const kill = async (): Promise<void> => {
    if (phase !== 'ended') phase = 'stopping';
    signalGroup(pid, 'SIGKILL');
    await ended;
    watchdog.release(pid);
  };
  const stop = async (): Promise<void> => {
    if (phase !== 'ended') phase = 'stopping';
    signalGroup(pid, 'SIGTERM');
    const giveUpAt = Date.now() + stopWithinMs;
    while (groupLives(pid) && Date.now() < giveUpAt) await delay(20);
    await kill();
  };

  const hasEnded = (): boolean => phase === 'ended';
  if (readyUrl !== undefined) {
    const outcome = await untilReady(readyUrl, ended, hasEnded);
    if (outcome !== 'ready') {
      await stop();
      throw new PlainError(`${name} ${OUTCOMES[outcome]}. Its last lines:\n${last()}`);
    }
  }
  if (!hasEnded()) phase = 'ready';
  return { name, pid, stop, kill };
}
