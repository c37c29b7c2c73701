/** How long a look-up is believed, in milliseconds; ended sessions are dropped at once. */
const life = 1000;
const mostEntries = 20_000;

/** Remembers sessions for a moment, so that a burst of requests of one person costs one look-up. */
export function createSessionCache<T>() {
  const byKey = new Map<string, { readonly sessionId: string; readonly value: T; readonly until: number }>();
  /** A session whose secret was renewed a moment ago has two. */
  const keysOf = new Map<string, Set<string>>();
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
      keysOf.set(sessionId, (keysOf.get(sessionId) ?? new Set()).add(key));
    },
    forget(sessionId: string): void {
      for (const key of keysOf.get(sessionId) ?? []) byKey.delete(key);
      keysOf.delete(sessionId);
    },
  };
}
