/** How long one has to stop typing before a draft is saved, in milliseconds. */
const quietMs = 1000;
/** Who never stops is saved all the same. */
const longestMs = 5000;
const firstRetryMs = 3000;
const longestRetryMs = 30_000;

/** When a draft is saved: after a pause, at the latest after a while, and again after a failure. */
export class DraftRhythm {
  readonly #save: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #since: number | null = null;
  #retryMs = firstRetryMs;

  constructor(save: () => void) {
    this.#save = save;
  }

  /** Something was typed. */
  soon(): void {
    this.#since ??= Date.now();
    this.#wait(Math.max(0, Math.min(quietMs, this.#since + longestMs - Date.now())));
  }

  /** It could not be saved. */
  later(): void {
    this.#wait(this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, longestRetryMs);
  }

  /** It was saved: the next failure is a first one. */
  worked(): void {
    this.#retryMs = firstRetryMs;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#since = null;
  }

  #wait(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#since = null;
      this.#save();
    }, milliseconds);
  }
}
