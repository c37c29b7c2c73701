import type { Message } from './messages.ts';

/** Which messages are meant: those to one person, those after one message, or both. */
export interface Selection {
  to?: string | undefined;
  after?: string | undefined;
}

interface Entry<T> {
  message: T;
  bytes: number;
  /** Place in the order of taking. */
  taken: number;
  /** Place in the order of arriving; null until it arrives. */
  arrived: number | null;
  /** How many had arrived when this one was taken. */
  arrivedBefore: number;
}

interface Waiter<T> {
  wants: Selection;
  answer(message: T | null): void;
}

/** Messages kept of each kind. */
export const KEPT = 2000;
/** Bytes kept of each kind, so that 2,000 large emails cannot fill the memory. */
const KEPT_BYTES = 64 * 1024 * 1024;
const MAX_WAITERS = 1000;

/** Keeps the last messages of one kind and wakes whoever waits for the next. */
export class Mailbox<T extends Message> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #waiters = new Set<Waiter<T>>();
  readonly #onChange: (message: T, isNew: boolean) => void;
  #bytes = 0;
  #taken = 0;
  #arrived = 0;

  /** @param onChange Told of every message that was added or changed. */
  constructor(onChange: (message: T, isNew: boolean) => void) {
    this.#onChange = onChange;
  }

  /** How many messages are kept at the moment. */
  get size(): number {
    return this.#entries.size;
  }

  /** Takes a message in; the oldest go when there are too many. */
  add(message: T): void {
    const bytes = Buffer.byteLength(JSON.stringify(message));
    this.#taken += 1;
    this.#entries.set(message.id, {
      message,
      bytes,
      taken: this.#taken,
      arrived: null,
      arrivedBefore: this.#arrived,
    });
    this.#bytes += bytes;
    this.#evict();
    this.#onChange(message, true);
  }

  /** To be called after a message's own fields were changed. */
  changed(message: T): void {
    if (this.#entries.has(message.id)) this.#onChange(message, false);
  }

  /** Marks that a message reached its person (or finally did not) and wakes those who wait for it. */
  arrive(message: T): void {
    const entry = this.#entries.get(message.id);
    if (entry === undefined || entry.arrived !== null) return;
    this.#arrived += 1;
    entry.arrived = this.#arrived;
    message.arrivedAt = new Date().toISOString();
    for (const waiter of this.#waiters) {
      if (this.#suits(entry, waiter.wants)) waiter.answer(message);
    }
    this.#onChange(message, false);
  }

  /** @returns The message, or null when it was never here or has gone. */
  find(id: string): T | null {
    return this.#entries.get(id)?.message ?? null;
  }

  /** Newest first, also those that have not arrived yet. An unknown `after` leaves nothing out. */
  list({ to, after }: Selection, limit = KEPT): T[] {
    const start = after === undefined ? 0 : (this.#entries.get(after)?.taken ?? 0);
    const found: T[] = [];
    for (const { message, taken } of [...this.#entries.values()].toReversed()) {
      if (taken <= start || found.length === limit) break;
      if (to === undefined || message.to === to) found.push(message);
    }
    return found;
  }

  /**
   * The first message that arrived after the given one, waiting for it when there is none yet.
   * @returns The message, or null when the time ran out, the signal was aborted or too many wait.
   */
  async next(wants: Selection, timeoutMs: number, signal: AbortSignal): Promise<T | null> {
    const here = [...this.#entries.values()]
      .filter((entry) => this.#suits(entry, wants))
      .toSorted((left, right) => (left.arrived ?? 0) - (right.arrived ?? 0))[0];
    if (here !== undefined) return here.message;
    if (signal.aborted || this.#waiters.size >= MAX_WAITERS) return null;
    return new Promise((resolve) => {
      const giveUp = () => waiter.answer(null);
      const timer = setTimeout(giveUp, timeoutMs);
      const waiter: Waiter<T> = {
        wants,
        answer: (message) => {
          clearTimeout(timer);
          signal.removeEventListener('abort', giveUp);
          this.#waiters.delete(waiter);
          resolve(message);
        },
      };
      signal.addEventListener('abort', giveUp);
      this.#waiters.add(waiter);
    });
  }

  /** Forgets every message; whoever waits goes on waiting. */
  clear(): void {
    this.#entries.clear();
    this.#bytes = 0;
  }

  /** Answers everyone who waits with null. */
  close(): void {
    for (const waiter of this.#waiters) waiter.answer(null);
  }

  #suits(entry: Entry<T>, { to, after }: Selection): boolean {
    if (entry.arrived === null || (to !== undefined && entry.message.to !== to)) return false;
    const reference = after === undefined ? undefined : this.#entries.get(after);
    // A message that has not arrived itself still marks the moment at which it was taken.
    return reference === undefined || entry.arrived > (reference.arrived ?? reference.arrivedBefore);
  }

  #evict(): void {
    for (const [id, { bytes }] of this.#entries) {
      if (this.#entries.size <= KEPT && this.#bytes <= KEPT_BYTES) return;
      this.#entries.delete(id);
      this.#bytes -= bytes;
    }
  }
}
