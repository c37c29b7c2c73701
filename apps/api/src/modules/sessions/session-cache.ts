/** How long a look-up is believed, in milliseconds; ended sessions are dropped at once. */
const life = 1000;
const mostEntries = 20_000;

/** Remembers sessions for a moment, so that a burst of requests of one person costs one look-up. */
export function createSessionCache<T>() {
  const byKey = new Map<string, { readonly sessionId: string; readonly value: T; readonly until: number }>();
  const keysOf = new Map<string, string>();
  return {
    get(key: string): T | undefined {
      const entry = byKey.get(key);
      return entry && entry.until > performance.now() ? entry.value : undefined;
    },
    set(key: string, sessionId: string, value: T): void {
      if (byKey.size >= mostEntries) {
        byKey.clear();
        keysOf.clear();
      }
      byKey.set(key, { sessionId, value, until: performance.now() + life });
      keysOf.set(sessionId, key);
    },
    forget(sessionId: string): void {
      const key = keysOf.get(sessionId);
      if (key === undefined) return;
      byKey.delete(key);
      keysOf.delete(sessionId);
    },
  };
}
