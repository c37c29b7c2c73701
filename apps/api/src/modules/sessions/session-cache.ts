import { LRUCache } from 'lru-cache';
import type { Hearing } from '../events/index.ts';

/** How long a look-up is believed whatever may have happened since, in milliseconds. */
const moment = 1000;
/** How long it is believed while everything that PostgreSQL tells of sessions is heard, in milliseconds. */
const longest = 30_000;
const mostEntries = 20_000;

interface Entry<T> {
  readonly sessionId: string;
  readonly value: T;
  readonly askedAt: number;
  /** Until then it is believed in any case. */
  sure: number;
  /** Until then it is believed as long as nothing else was heard. */
  over: number;
}

/**
 * Remembers sessions, so that what one person does in a while costs one look-up. The database itself tells when a session
 * ends or changes, in the commit that does it; an entry outlives its first moment only while such news is certain to
 * arrive: a process that has not heard for a moment looks up again.
 * @param hearing asked at each reading
 */
export function createSessionCache<T>(hearing: () => Hearing) {
  const keysOf = new Map<string, Set<string>>();
  const byKey = new LRUCache<string, Entry<T>>({
    max: mostEntries,
    dispose: ({ sessionId }, key) => {
      const keys = keysOf.get(sessionId);
      if (keys?.delete(key) && keys.size === 0) keysOf.delete(sessionId);
    },
  });
  /** When news of any session came last: a look-up that was under way then may have seen what was before. */
  let newsAt = -Infinity;

  function stillTrue({ askedAt, sure, over }: Entry<T>, now: number): boolean {
    if (now < sure) return true;
    const { since, until } = hearing();
    return now < over && since <= askedAt && until > now - moment;
  }

  return {
    get(key: string): T | undefined {
      const entry = byKey.get(key);
      return entry && stillTrue(entry, performance.now()) ? entry.value : undefined;
    },
    /**
     * @param askedAt when the look-up began, by `performance.now()`
     * @param left milliseconds until the session is over by itself
     */
    set(
      key: string,
      sessionId: string,
      value: T,
      { askedAt, left }: { askedAt: number; left: number },
    ): void {
      const now = performance.now();
      const sure = now + Math.min(moment, left);
      const over = newsAt >= askedAt ? sure : now + Math.min(longest, left);
      byKey.set(key, { sessionId, value, askedAt, sure, over });
      keysOf.set(sessionId, (keysOf.get(sessionId) ?? new Set()).add(key));
    },
    /** The session has a new secret: what was asked with the former one in the same moment is still answered. */
    renewed(sessionId: string): void {
      const now = performance.now();
      newsAt = now;
      for (const key of keysOf.get(sessionId) ?? []) {
        const entry = byKey.get(key);
        if (!entry || !stillTrue(entry, now)) continue;
        entry.sure = Math.min(entry.over, now + moment);
        entry.over = 0;
      }
    },
    forget(sessionId: string): void {
      newsAt = performance.now();
      for (const key of keysOf.get(sessionId) ?? []) byKey.delete(key);
    },
  };
}
