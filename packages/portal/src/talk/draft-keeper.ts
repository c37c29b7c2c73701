import type { Failure, Result } from '@casetalk/client';
import type { Draft, DraftMark } from '@casetalk/contract';
import { keep, kept } from '../device/person-storage.ts';
import { DraftRhythm } from './draft-rhythm.ts';

/** Where a draft is kept. */
export interface DraftPlaceOnServer {
  load(signal?: AbortSignal): Promise<Result<Draft>>;
  /** @param leaving the page closes: the request goes on without it */
  save(text: string, seen: DraftMark, leaving: boolean): Promise<Result<Draft>>;
  discard(): Promise<Result<unknown>>;
}

export interface DraftState {
  readonly text: string;
  /** `saved`: the service has it; `unsaved`: it could not be reached, and this tab keeps the words meanwhile. */
  readonly phase: 'empty' | 'typing' | 'saved' | 'unsaved';
  /** What another device has written, while there are other words here. */
  readonly newer: Draft | null;
}

/** What this tab keeps of a draft until the service has it. */
interface Local extends DraftMark {
  readonly text: string;
}

const isLocal = (value: unknown): value is Local =>
  typeof value === 'object' && value !== null && 'text' in value && 'version' in value && 'writer' in value;

/** Trying again cannot help against these; the next word might. */
const final = new Set<Failure['code']>(['invalid-request', 'not-found', 'state-conflict']);

/**
 * The draft of one person in one conversation: what is typed goes to the service after a short pause, what another device
 * writes comes here while nothing else is typed, and neither writes over the other unasked.
 */
export class DraftKeeper {
  readonly #personId: string;
  readonly #name: string;
  readonly #place: DraftPlaceOnServer | null;
  /** Texts of messages on their way: the service may still have them as a draft. */
  readonly #onTheWay: () => readonly string[];
  readonly #listeners = new Set<() => void>();
  readonly #signedOutListeners = new Set<() => void>();
  readonly #rhythm = new DraftRhythm(() => void this.save());
  #state: DraftState;
  #version = 0;
  #writer: string = crypto.randomUUID();
  #known = false;
  #dirty = false;
  /** Another draft has begun: answers to what was asked for an earlier one are late. */
  #turn = 0;
  #saving: Promise<void> | null = null;

  constructor(
    personId: string,
    conversationId: string,
    place: DraftPlaceOnServer | null,
    onTheWay: () => readonly string[],
  ) {
    this.#personId = personId;
    this.#name = `draft/${conversationId}`;
    this.#place = place;
    this.#onTheWay = onTheWay;
    const local = kept(personId, this.#name);
    if (isLocal(local)) {
      this.#version = local.version;
      this.#writer = local.writer;
      this.#dirty = true;
    }
    this.#state = {
      text: isLocal(local) ? local.text : '',
      phase: isLocal(local) ? 'unsaved' : 'empty',
      newer: null,
    };
  }

  readonly state = (): DraftState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Calls back when the service says that nobody is signed in; answers the function that stops it. */
  whenSignedOut(listener: () => void): () => void {
    this.#signedOutListeners.add(listener);
    return () => this.#signedOutListeners.delete(listener);
  }

  /** The person writes. */
  readonly change = (text: string): void => {
    if (text === this.#state.text) return;
    this.#dirty = true;
    this.#show({ text, phase: 'typing' });
    this.#keep();
    this.#rhythm.soon();
  };

  /** Something beside the words has changed, such as the files: other devices hear of it. */
  readonly touch = (): void => {
    this.#dirty = true;
    this.#rhythm.soon();
  };

  /** What the service has, as somebody asked for it. */
  receive(draft: Draft): void {
    // Nothing newer, but perhaps somebody who has signed in again: what waited goes out.
    if (this.#known && draft.version <= this.#version) return void this.save();
    this.#known = true;
    const { text } = this.#afterSending(draft);
    if (!this.#dirty || text === this.#state.text) return this.#follow({ ...draft, text });
    if (text === '') this.#version = draft.version;
    // Our own save may be what made it newer, with the answer lost: the service knows.
    void this.save();
  }

  /** Takes what another device wrote in place of the words here. */
  readonly useNewer = (): void => {
    if (this.#state.newer) this.#follow(this.#state.newer);
  };

  /** Writes over what another device wrote. */
  readonly keepMine = (): void => {
    if (!this.#state.newer) return;
    this.#version = this.#state.newer.version;
    this.#show({ newer: null });
    void this.save();
  };

  /** Begins anew: the words go into a message. @returns by what the service knows their draft, if it has one */
  take(): DraftMark | undefined {
    const mark = { version: this.#version, writer: this.#writer };
    const isThere = this.#saving !== null || this.#version > 0;
    this.#beginAnew();
    return isThere ? mark : undefined;
  }

  /** Throws the words away, here and on the service. */
  async discard(): Promise<void> {
    this.#beginAnew();
    await this.settled();
    const turn = this.#turn;
    const result = await this.#place?.discard();
    if (result?.ok !== false || turn !== this.#turn) return;
    this.#dirty = true;
    this.#retryLater(result.problem);
  }

  /** When no save is under way any more. */
  async settled(): Promise<void> {
    await this.#saving;
  }

  /** @param leaving the page closes */
  async save(leaving = false): Promise<void> {
    if (!this.#place || !this.#known || !this.#dirty || this.#state.newer || this.#saving) return;
    this.#rhythm.stop();
    this.#saving = this.#saveNow(this.#place, leaving).finally(() => {
      this.#saving = null;
    });
    await this.#saving;
    if (this.#dirty && this.#state.phase === 'typing') this.#rhythm.soon();
  }

  /** Stops everything, such as when the person signs out. */
  abandon(): void {
    this.#turn += 1;
    this.#rhythm.stop();
    this.#dirty = false;
  }

  async #saveNow(place: DraftPlaceOnServer, leaving: boolean): Promise<void> {
    const { text } = this.#state;
    const turn = this.#turn;
    const result = await place.save(text, { version: this.#version, writer: this.#writer }, leaving);
    if (turn !== this.#turn) return;
    if (result.ok) {
      this.#version = result.data.version;
      this.#rhythm.worked();
      if (this.#state.text === text) this.#settle(text);
      else this.#keep();
    } else if (result.problem.code === 'version-conflict') {
      await this.#compare(place, turn);
    } else {
      this.#retryLater(result.problem);
    }
  }

  /** Another device has written meanwhile. */
  async #compare(place: DraftPlaceOnServer, turn: number): Promise<void> {
    const result = await place.load();
    if (turn !== this.#turn) return;
    if (!result.ok) return this.#retryLater(result.problem);
    const draft = this.#afterSending(result.data);
    if (draft.text === this.#state.text) return this.#follow(draft);
    if (draft.text === '') {
      this.#version = draft.version;
      this.#rhythm.soon();
    } else {
      this.#show({ newer: draft });
    }
  }

  /** The service still has what a message on its way says: that is no draft any more. */
  #afterSending(draft: Draft): Draft {
    const isSent = this.#onTheWay().some((text) => text.trim() === draft.text.trim());
    return isSent ? { ...draft, text: '' } : draft;
  }

  #follow({ text, version }: Draft): void {
    this.#version = version;
    this.#settle(text);
  }

  #settle(text: string): void {
    this.#dirty = false;
    this.#rhythm.stop();
    keep(this.#personId, this.#name, undefined);
    this.#show({ text, phase: text === '' ? 'empty' : 'saved', newer: null });
  }

  #beginAnew(): void {
    this.#turn += 1;
    this.#writer = crypto.randomUUID();
    this.#settle('');
  }

  #retryLater(problem: Failure): void {
    this.#keep();
    this.#show({ phase: 'unsaved' });
    if (problem.code === 'unauthenticated') {
      for (const listener of this.#signedOutListeners) listener();
    } else if (!final.has(problem.code)) this.#rhythm.later();
  }

  #keep(): void {
    const local: Local = { text: this.#state.text, version: this.#version, writer: this.#writer };
    keep(this.#personId, this.#name, local);
  }

  #show(change: Partial<DraftState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
