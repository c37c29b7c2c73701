import { setTimeout as sleep } from 'node:timers/promises';
import type { MessageEvent } from './messages.ts';

/** One callback, made anew for every attempt so that its signature carries the time of sending. */
export interface Callback {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** Pauses before the second and later attempts, in milliseconds. */
const BACKOFF_MS = [200, 500, 1000, 2000, 4000];
const ANSWER_WITHIN_MS = 5000;

interface Line {
  /** Waits this long before the first attempt. */
  delayMs: number;
  /** SendGrid repeats what is answered with a 4xx, Twilio does not. */
  repeatsRefused: boolean;
  era: AbortSignal;
  onProgress: () => void;
}

/**
 * Tells the sender of one message what happened to it, in order: a callback waits for the one before
 * it. A receiver that is down or answers an error is tried again a few times, later and later.
 */
export class Courier {
  readonly #line: Line;
  #last: Promise<void> = Promise.resolve();

  constructor(line: Line) {
    this.#line = line;
  }

  /** Queues one callback; the event's `callback` and `attempts` show how it fares. */
  tell(event: MessageEvent, prepare: () => Callback): void {
    const ready = sleep(this.#line.delayMs, undefined, { signal: this.#line.era });
    this.#last = Promise.all([this.#last, ready]).then(
      () => this.#deliver(event, prepare),
      // Emptying the mailroom calls off what was waiting.
      () => undefined,
    );
  }

  async #deliver(event: MessageEvent, prepare: () => Callback): Promise<void> {
    const { era, repeatsRefused, onProgress } = this.#line;
    for (const pause of [...BACKOFF_MS, null]) {
      const status = await post(prepare(), era);
      if (era.aborted) return;
      event.attempts += 1;
      const isDone = status !== null && status >= 200 && status < 300;
      const isRefused = status !== null && status >= 400 && status < 500;
      if (isDone || pause === null || (isRefused && !repeatsRefused)) {
        event.callback = isDone ? 'sent' : 'failed';
        onProgress();
        return;
      }
      onProgress();
      try {
        await sleep(pause, undefined, { signal: era });
      } catch {
        return;
      }
    }
  }
}

/** @returns The answer's status, or null when nobody answered. */
async function post({ url, headers, body }: Callback, era: AbortSignal): Promise<number | null> {
  try {
    const signal = AbortSignal.any([era, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
    const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
    await response.body?.cancel();
    return response.status;
  } catch {
    return null;
  }
}
