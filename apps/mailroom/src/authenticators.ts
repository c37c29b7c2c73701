import { createHash } from 'node:crypto';
import { codeAt, endOfCode, readAccount } from './one-time-code.ts';
import type { ReadAccount } from './one-time-code.ts';

/** An account with its present code, as the page and the JSON show it. */
export interface AuthenticatorCode {
  readonly id: string;
  /** Whose account: mostly an email address. */
  readonly name: string;
  /** Whose service; empty when it is not known. */
  readonly issuer: string;
  readonly code: string;
  /** The code after this one, for a test that needs another one at once. */
  readonly nextCode: string;
  /** When the code gives way to the next one. */
  readonly until: string;
  /** Whole seconds until then, at least 1. */
  readonly secondsLeft: number;
  /** For how many seconds each code holds. */
  readonly period: number;
}

const MOST_ACCOUNTS = 500;

/** The accounts of an authenticator app, in memory like everything here. */
export class Authenticators {
  readonly #accounts = new Map<string, ReadAccount>();
  readonly #onChange: () => void;

  /** @param onChange Told whenever an account was added or removed. */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /**
   * Adds the account of a setup key or an `otpauth://` address; one that is here already only takes the new name.
   * @param name What to call it; the address's own name when left out.
   * @throws {Error} Saying what is wrong with the key.
   */
  add(pasted: string, name = ''): AuthenticatorCode {
    const read = readAccount(pasted);
    const id = createHash('sha256').update(read.key).digest('hex').slice(0, 16);
    const known = this.#accounts.get(id);
    if (known === undefined && this.#accounts.size >= MOST_ACCOUNTS) {
      throw new Error('There are too many accounts here. Remove some first.');
    }
    const account = {
      ...read,
      name: name.trim() || read.name || known?.name || 'Account without a name',
      issuer: read.issuer || (known?.issuer ?? ''),
    };
    this.#accounts.set(id, account);
    this.#onChange();
    return shown(id, account, Date.now());
  }

  /** The accounts in the order in which they came, of one name or of all. */
  list(name?: string, now = Date.now()): AuthenticatorCode[] {
    return [...this.#accounts]
      .filter(([, account]) => name === undefined || account.name.toLowerCase() === name.toLowerCase())
      .map(([id, account]) => shown(id, account, now));
  }

  /** @returns The account, or null when there is none of that id. */
  find(id: string): AuthenticatorCode | null {
    const account = this.#accounts.get(id);
    return account === undefined ? null : shown(id, account, Date.now());
  }

  /** @returns Whether there was an account of that id to remove. */
  remove(id: string): boolean {
    const was = this.#accounts.delete(id);
    if (was) this.#onChange();
    return was;
  }
}

function shown(id: string, account: ReadAccount, now: number): AuthenticatorCode {
  const until = endOfCode(account, now);
  const { name, issuer, period } = account;
  return {
    id,
    name,
    issuer,
    code: codeAt(account, now),
    nextCode: codeAt(account, until),
    until: new Date(until).toISOString(),
    secondsLeft: Math.ceil((until - now) / 1000),
    period,
  };
}
