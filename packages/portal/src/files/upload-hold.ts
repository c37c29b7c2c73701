const prefix = 'casetalk-upload-';

/**
 * Tells the browser's other tabs which upload this one is at work on, by a lock of that name. A tab that crashes or is
 * reloaded lets go by itself, and nothing is stored.
 */
export class UploadHold {
  #release: () => void = () => undefined;

  /** Holds this upload instead of the one before. */
  take(id: string): void {
    this.release();
    const released = new Promise<void>((resolve) => {
      this.#release = resolve;
    });
    locks()
      ?.request(prefix + id, { mode: 'shared' }, () => released)
      .catch(() => undefined);
  }

  release(): void {
    this.#release();
  }
}

/** The uploads that a tab of this browser is at work on, this one included. */
export async function uploadsAtWork(): Promise<ReadonlySet<string>> {
  const { held = [] } = (await locks()?.query()) ?? {};
  const names = held.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : []));
  return new Set(names);
}

/** Calls back once no tab is at work on an upload any more. */
export function whenLetGo(id: string, signal: AbortSignal, then: () => void): void {
  locks()
    ?.request(prefix + id, { signal }, () => undefined)
    .then(then, () => undefined);
}

/** Browsers have them on pages that came over TLS. */
const locks = (): LockManager | undefined =>
  typeof navigator !== 'undefined' && 'locks' in navigator ? navigator.locks : undefined;
