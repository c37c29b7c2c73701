import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Authenticators } from './authenticators.ts';
import { Mailbox } from './mailbox.ts';
import type { Call, Email, Kind, Message, MessageEvent, MessageOf, Text } from './messages.ts';
import { Switchboard } from './switches.ts';

/** What is announced when a message was added or changed, everything was emptied, or something was set. */
export type Change =
  | { [K in Kind]: { kind: K; message: MessageOf[K]; isNew: boolean } }[Kind]
  | { kind: 'cleared' }
  | { kind: 'switches' }
  | { kind: 'authenticators' };

/** Everything the mailroom holds in memory, and the clock its messages travel by. */
export class Office {
  readonly switchboard = new Switchboard();
  readonly emails = new Mailbox<Email>((message, isNew) => this.#announce({ kind: 'email', message, isNew }));
  readonly texts = new Mailbox<Text>((message, isNew) => this.#announce({ kind: 'text', message, isNew }));
  readonly calls = new Mailbox<Call>((message, isNew) => this.#announce({ kind: 'call', message, isNew }));
  readonly authenticators = new Authenticators(() => this.#announce({ kind: 'authenticators' }));
  readonly #changes = new EventEmitter<{ change: [Change] }>().setMaxListeners(0);
  readonly #gates = new Map<string, PromiseWithResolvers<void>>();
  readonly #closing = new AbortController();
  #era = new AbortController();

  /** Aborted once, when the mailroom closes. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** Aborted when the mailroom is emptied or closes: whatever was under way then stops. */
  get era(): AbortSignal {
    return this.#era.signal;
  }

  /** Calls the listener for every change until the returned function is called. */
  onChange(listener: (change: Change) => void): () => void {
    this.#changes.on('change', listener);
    return () => this.#changes.off('change', listener);
  }

  /** Announces that the switches were set. */
  switchesChanged(): void {
    this.#announce({ kind: 'switches' });
  }

  /**
   * Starts a message's journey and lets it end quietly when the mailroom is emptied meanwhile.
   * @param journey Gets the signal of the present era.
   */
  travel(journey: (era: AbortSignal) => Promise<void>): void {
    const era = this.era;
    journey(era).catch((error: unknown) => {
      if (!era.aborted) throw error;
    });
  }

  /** Takes a message in; a held one can be released from this moment on. */
  take<T extends Message>(box: Mailbox<T>, message: T, { hold }: { hold: boolean }): void {
    if (hold) {
      message.held = true;
      this.#gates.set(message.id, Promise.withResolvers<void>());
    }
    box.add(message);
  }

  /** Waits until the message may go on: through its delay, and for its release when it is held. */
  async passage(message: Message, deliveryDelayMs: number, era: AbortSignal): Promise<void> {
    if (deliveryDelayMs > 0) await sleep(deliveryDelayMs, undefined, { signal: era });
    await this.#gates.get(message.id)?.promise;
    this.#gates.delete(message.id);
    message.held = false;
    era.throwIfAborted();
  }

  /** @returns Whether there was a held message of that id to release. */
  release(id: string): boolean {
    const gate = this.#gates.get(id);
    gate?.resolve();
    return gate !== undefined;
  }

  /** Forgets all messages and stops everything under way; the switches and the authenticator's accounts stay. */
  clear(): void {
    this.#era.abort();
    this.#era = new AbortController();
    this.#openGates();
    for (const box of [this.emails, this.texts, this.calls]) box.clear();
    this.#announce({ kind: 'cleared' });
  }

  /** Stops everything for good. */
  close(): void {
    this.#era.abort();
    this.#closing.abort();
    this.#openGates();
    for (const box of [this.emails, this.texts, this.calls]) box.close();
    this.#changes.removeAllListeners();
  }

  /** Lets every journey that waits at a gate run into the end of its era. */
  #openGates(): void {
    for (const gate of this.#gates.values()) gate.resolve();
    this.#gates.clear();
  }

  #announce(change: Change): void {
    this.#changes.emit('change', change);
  }
}

/** Writes an event on a message. */
export function note(message: Message, name: string, detail: string | null, isTold: boolean): MessageEvent {
  const event: MessageEvent = {
    name,
    at: new Date().toISOString(),
    detail,
    callback: isTold ? 'waiting' : 'none',
    attempts: 0,
  };
  message.events.push(event);
  return event;
}
