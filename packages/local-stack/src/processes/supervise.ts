import { setTimeout as delay } from 'node:timers/promises';
import { type Service, type ServiceOptions, startService } from './service.ts';

export interface Supervised {
  readonly name: string;
  /** The process that runs now, or that ran last. */
  readonly pid: number;
  /** Stops it politely and starts it again; resolves when it is ready. */
  readonly restart: () => Promise<void>;
  /**
   * Kills it outright and starts it again at once; resolves when it is ready.
   * @param meanwhile done while it is not running
   */
  readonly crash: (meanwhile?: () => Promise<void>) => Promise<void>;
  readonly stop: () => Promise<void>;
}

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;
/** A part that lasted this long before it ended is not in a loop of failures. */
const STEADY_MS = 60_000;

/**
 * Starts a service and keeps it running: one that ends by itself is started again, after a pause that doubles
 * while it keeps failing. `say` hears of each such end, with the last lines of the service.
 */
export async function supervise(options: ServiceOptions, say: (line: string) => void): Promise<Supervised> {
  let isWanted = true;
  let failures = 0;
  let startedAt = 0;
  let revival: Promise<void> = Promise.resolve();
  let service: Service;

  const start = async (): Promise<void> => {
    startedAt = Date.now();
    service = await startService({ ...options, onUnexpectedEnd });
  };
  const revive = async (): Promise<void> => {
    failures = Date.now() - startedAt > STEADY_MS ? 0 : failures + 1;
    await delay(Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS));
    if (!isWanted) return;
    try {
      await start();
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
      await revive();
    }
  };
  function onUnexpectedEnd({ how, lastLines }: { readonly how: string; readonly lastLines: string }): void {
    say(`${options.name} ended by itself (${how}) and is started again. Its last lines:\n${lastLines}`);
    revival = revive();
  }

  await start();
  /** It may be about to be started again while it is being ended. */
  const end = async (how: 'stop' | 'kill'): Promise<void> => {
    isWanted = false;
    await service[how]();
    await revival;
    await service[how]();
  };
  const startAgain = async (): Promise<void> => {
    isWanted = true;
    await start();
  };
  return {
    name: options.name,
    get pid() {
      return service.pid;
    },
    async restart() {
      await end('stop');
      await startAgain();
    },
    async crash(meanwhile) {
      await end('kill');
      await meanwhile?.();
      await startAgain();
    },
    stop: () => end('stop'),
  };
}
