import { normalizePassword } from '@casetalk/contract';
import { createHmac } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { ProblemError } from '../problem-error.ts';

export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** `hash` null: nobody has this address; the same work is done, so that the time tells nothing. */
  verify(password: string, hash: string | null): Promise<boolean>;
  close(): Promise<void>;
}

export type HashTask =
  | { readonly kind: 'hash'; readonly text: string; readonly cost: number }
  | { readonly kind: 'verify'; readonly text: string; readonly hash: string };

/** Waiting hashes beyond this many are turned away: a flood of sign-ins must not become a queue of minutes. */
const longestQueue = 16;

/**
 * bcrypt over base64(HMAC-SHA-384(pepper, NFKC password)): 64 characters in, so that its cut at 72 bytes and its NUL do
 * not matter (OWASP Password Storage Cheat Sheet). Hashes in worker threads, never on the event loop.
 * @throws ProblemError `unavailable` when too many hashes are waiting
 */
export function createPasswordHasher(settings: { pepper: string; cost: number }): PasswordHasher {
  const threads = Math.max(1, availableParallelism() - 1);
  const pool = new Piscina<HashTask, string | boolean>({
    filename: new URL('./password-hasher.worker.ts', import.meta.url).href,
    minThreads: 1,
    maxThreads: threads,
    maxQueue: longestQueue,
    idleTimeout: 60_000,
  });
  const pepper = Buffer.from(settings.pepper, 'base64');
  const prepare = (password: string): string =>
    createHmac('sha384', pepper).update(normalizePassword(password)).digest('base64');

  async function run(task: HashTask): Promise<string | boolean> {
    try {
      return await pool.run(task);
    } catch (error) {
      if (error instanceof Error && error.message.startsWith('Task queue is at limit')) {
        throw new ProblemError('unavailable', { retryAfterSeconds: 2 });
      }
      throw error;
    }
  }

  const hash = async (password: string): Promise<string> =>
    `v1:${String(await run({ kind: 'hash', text: prepare(password), cost: settings.cost }))}`;
  const nobody = hash('the password of nobody');
  nobody.catch(() => undefined);

  return {
    hash,
    async verify(password, stored) {
      const subject = stored ?? (await nobody);
      const matches = await run({
        kind: 'verify',
        text: prepare(password),
        hash: subject.slice('v1:'.length),
      });
      return matches === true && stored !== null;
    },
    close: () => pool.destroy(),
  };
}
