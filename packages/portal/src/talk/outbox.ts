import type { Failure } from '@casetalk/client';
import type { Attachment, DraftMark } from '@casetalk/contract';
import { keep, kept } from '../device/person-storage.ts';
import type { ThreadMessage } from './conversation.ts';

/** A message that the API has not confirmed. It keeps its text and its key until it has. */
export interface OutgoingMessage {
  /** The idempotency key: sending again never makes a second message. */
  readonly key: string;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** The draft that it was written from. */
  readonly draft?: DraftMark | undefined;
  /** An instant in UTC. */
  readonly writtenAt: string;
  /** The newest message at that time; whatever confirms this one comes after it. */
  readonly after: string | null;
  readonly state: 'sending' | 'failed';
  readonly problem: Failure | null;
}

/** What one person has on the way in one conversation. Survives a reload of the page. */
export class Outbox {
  readonly #personId: string;
  readonly #name: string;
  readonly #listeners = new Set<() => void>();
  #messages: readonly OutgoingMessage[];

  constructor(personId: string, conversationId: string) {
    this.#personId = personId;
    this.#name = `outbox/${conversationId}`;
    const before = (kept(personId, this.#name) ?? []) as readonly OutgoingMessage[];
    this.#messages = before.map((message) => Object.assign(message, { state: 'failed', problem: null }));
  }

  readonly messages = (): readonly OutgoingMessage[] => this.#messages;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  add(message: OutgoingMessage): void {
    this.#set([...this.#messages, message]);
  }

  /** Marks the sending's start or its failure. */
  mark(key: string, state: OutgoingMessage['state'], problem: Failure | null): void {
    this.#set(
      this.#messages.map((message) => (message.key === key ? { ...message, state, problem } : message)),
    );
  }

  remove(key: string): void {
    if (this.#messages.some((message) => message.key === key)) {
      this.#set(this.#messages.filter((message) => message.key !== key));
    }
  }

  #set(messages: readonly OutgoingMessage[]): void {
    this.#messages = messages;
    keep(this.#personId, this.#name, messages.length === 0 ? undefined : messages);
    for (const listener of this.#listeners) listener();
  }
}

/** Whether a message of the thread is this one, confirmed: the same words and files, said after it was written. */
export function confirms(message: ThreadMessage, outgoing: OutgoingMessage): boolean {
  if (!message.mine || (outgoing.after !== null && message.id <= outgoing.after)) return false;
  const ids = new Set(outgoing.attachments.map((file) => file.id));
  return (
    message.text.trim() === outgoing.text.trim() &&
    message.attachments.length === ids.size &&
    message.attachments.every((file) => ids.has(file.id))
  );
}

/**
 * What of the outbox the thread does not show yet. Each confirmed message stands for one outgoing message, so that the
 * same words sent twice still show twice.
 */
export function unconfirmed(
  messages: readonly ThreadMessage[],
  outgoing: readonly OutgoingMessage[],
): readonly OutgoingMessage[] {
  const free = new Set(messages);
  return outgoing.filter((item) => {
    const match = [...free].find((message) => confirms(message, item));
    if (match) free.delete(match);
    return !match;
  });
}
