import { normalizePassword } from '@casetalk/contract';
import { createHmac } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { ProblemError } from '../problem-error.ts';

export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** `hash` null: nobody has this address; the same work is done, so that the time tells nothing. */
  verify(password: string, hash: string | null): Promise<boolean>;
  /** True for a hash of another pepper, cost or form than the present ones: made anew as soon as the password is at hand. */
  isOutdated(hash: string): boolean;
  close(): Promise<void>;
}

export type HashTask =
  | { readonly kind: 'hash'; readonly text: string; readonly cost: number }
  | { readonly kind: 'verify'; readonly text: string; readonly hash: string };

/** Waiting hashes beyond this many are turned away: a flood of sign-ins must not become a queue of minutes. */
const longestQueue = 16;

export interface HasherSettings {
  /** 32 bytes in base64. */
  readonly pepper: string;
  /** Peppers before it, the latest first. */
  readonly formerPeppers?: readonly string[];
  readonly cost: number;
}

interface Pepper {
  /** Tells peppers apart and says nothing of them. */
  readonly id: string;
  readonly bytes: Buffer;
}

function pepperOf(text: string): Pepper {
  const bytes = Buffer.from(text, 'base64');
  return { id: createHmac('sha256', bytes).update('casetalk pepper id').digest('hex').slice(0, 8), bytes };
}

/**
 * bcrypt over base64(HMAC-SHA-384(pepper, NFKC password)): 64 characters in, so that its cut at 72 bytes and its NUL do
 * not matter (OWASP Password Storage Cheat Sheet). Hashes in worker threads, never on the event loop. A hash is kept as
 * `v2:<pepper's id>:<bcrypt>`; `v1:<bcrypt>` comes from before peppers had ids, when there was one.
 * @throws ProblemError `unavailable` when too many hashes are waiting
 */
export function createPasswordHasher(settings: HasherSettings): PasswordHasher {
  const threads = Math.max(1, availableParallelism() - 1);
  const pool = new Piscina<HashTask, string | boolean>({
    filename: new URL('./password-hasher.worker.ts', import.meta.url).href,
    minThreads: 1,
    maxThreads: threads,
    maxQueue: longestQueue,
    idleTimeout: 60_000,
  });
  const present = pepperOf(settings.pepper);
  const peppers = [present, ...(settings.formerPeppers ?? []).map(pepperOf)];
  const prepare = (password: string, { bytes }: Pepper): string =>
    createHmac('sha384', bytes).update(normalizePassword(password)).digest('base64');
  const form = `v2:${present.id}:$2b$${String(settings.cost).padStart(2, '0')}$`;

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

  const hash = async (password: string): Promise<string> => {
    const text = prepare(password, present);
    return `v2:${present.id}:${String(await run({ kind: 'hash', text, cost: settings.cost }))}`;
  };

  /** @throws an Error when the pepper of the hash is not among the settings' */
  function read(stored: string): { pepper: Pepper; bcrypt: string } {
    const [version, id, bcrypt] = stored.split(':');
    const pepper = version === 'v1' ? peppers.at(-1) : peppers.find((one) => one.id === id);
    if (!pepper)
      throw new Error(`The settings give no password pepper ${id}: name it in PASSWORD_FORMER_PEPPERS.`);
    return { pepper, bcrypt: (version === 'v1' ? id : bcrypt) ?? '' };
  }
  const nobody = hash('the password of nobody');
  nobody.catch(() => undefined);

  return {
    hash,
    async verify(password, stored) {
      const { pepper, bcrypt } = read(stored ?? (await nobody));
      const matches = await run({ kind: 'verify', text: prepare(password, pepper), hash: bcrypt });
      return matches === true && stored !== null;
    },
    isOutdated: (stored) => !stored.startsWith(form),
    close: () => pool.destroy(),
  };
}
