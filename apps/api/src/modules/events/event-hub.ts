import type { Event } from '@casetalk/contract';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

/** One person's open stream. */
export interface Listener {
  readonly personId: string;
  readonly sessionId: string;
  send(event: Event): void;
}

type Notice =
  | { readonly to: readonly string[]; readonly event: Event }
  | { readonly ended: readonly string[] };

export interface EventHub {
  /** Tells people, on every process, what changed. Call it after the commit; it never fails and never waits. */
  publish(to: readonly string[], event: Event): void;
  /** Ends sessions everywhere at once: caches forget them and their streams close. */
  endSessions(sessionIds: readonly string[]): void;
  /** @returns a function that stops listening */
  listen(listener: Listener): () => void;
  /** Told of every ended session, on every process. */
  onSessionEnd(callback: (sessionId: string) => void): void;
  /** Told when notices come again after a time in which some may have been missed. */
  onReopen(callback: () => void): void;
  readonly size: number;
  close(): Promise<void>;
}

const channel = 'casetalk_events';
/** PostgreSQL refuses payloads of 8000 bytes and more. */
const longestPayload = 7500;
const reconnectDelay = 500;
/** A connection that gives no answer for so long is lost, however open it looks, in milliseconds. */
const patience = 5000;
/** How often an idle connection is asked whether it is still there, in milliseconds. */
const heartbeat = 15_000;
/** At least so long between two statements, in milliseconds: under load what happens meanwhile shares the next one. */
const flushEvery = 5;

/**
 * Carries notices between processes by LISTEN/NOTIFY on a connection of its own: notices of one turn of the event loop
 * leave in one statement, outside any business transaction, so that commits are never serialised by them. What is lost
 * while the connection is down is made up for by clients asking again when their stream reopens.
 * @param url connection string of a login that may do nothing but connect
 */
export function createEventHub(url: string, onError: (error: Error) => void): EventHub {
  const listeners = new Map<string, Set<Listener>>();
  const sessionCallbacks: ((sessionId: string) => void)[] = [];
  const reopenCallbacks: (() => void)[] = [];
  /** Notices as JSON: written once, however often they are told again. */
  let waiting: string[] = [];
  let client: pg.Client | undefined;
  let closed = false;
  let flushing = false;
  let flushed = 0;
  let reconnecting: NodeJS.Timeout | undefined;
  let missed = false;
  let giveUp: ((error: Error) => void) | undefined;
  const beating = setInterval(() => {
    client?.query('select 1').catch((error: unknown) => giveUp?.(error as Error));
  }, heartbeat).unref();

  void connect();

  async function connect(): Promise<void> {
    const next = new pg.Client({
      connectionString: url,
      keepAlive: true,
      connectionTimeoutMillis: patience,
      query_timeout: patience,
      application_name: 'casetalk-events',
      // A notice lost in a crash is made up for like any other; it need not wait for the disk.
      options: '-c synchronous_commit=off',
    });
    next.on('error', lost);
    next.on('end', () => lost());
    next.on('notification', ({ payload }) => deliver(JSON.parse(payload ?? '[]') as Notice[]));
    try {
      await next.connect();
      await next.query(`listen ${channel}`);
    } catch (error) {
      return lost(error as Error);
    }
    if (closed) return void next.end();
    client = next;
    giveUp = lost;
    if (missed) for (const callback of reopenCallbacks) callback();
    missed = false;
    void flush();

    function lost(error?: Error): void {
      if (closed || reconnecting) return;
      if (error) onError(error);
      missed = true;
      client = undefined;
      next.removeAllListeners();
      next.on('error', () => undefined);
      void next.end().catch(() => undefined);
      reconnecting = setTimeout(() => {
        reconnecting = undefined;
        void connect();
      }, reconnectDelay);
    }
  }

  async function flush(): Promise<void> {
    if (flushing || !client) return;
    flushing = true;
    let batch: string[] = [];
    try {
      while (waiting.length > 0 && client) {
        const early = flushed + flushEvery - performance.now();
        if (early > 0) {
          await pause(early);
          continue;
        }
        flushed = performance.now();
        batch = takeBatch();
        await client.query({
          name: 'notify',
          text: 'select pg_notify($1, $2)',
          values: [channel, `[${batch.join()}]`],
        });
      }
    } catch (error) {
      // Other processes may hear well: what did not leave is told again.
      waiting = [...batch, ...waiting];
      giveUp?.(error as Error);
    } finally {
      flushing = false;
    }
  }

  function takeBatch(): string[] {
    let length = 2;
    let count = 0;
    for (const notice of waiting) {
      length += notice.length + 1;
      if (length > longestPayload && count > 0) break;
      count += 1;
    }
    const batch = waiting.slice(0, count);
    waiting = waiting.slice(count);
    return batch;
  }

  function deliver(batch: readonly Notice[]): void {
    for (const notice of batch) {
      if ('ended' in notice) {
        for (const sessionId of notice.ended) for (const callback of sessionCallbacks) callback(sessionId);
      } else {
        for (const person of notice.to)
          for (const listener of listeners.get(person) ?? []) listener.send(notice.event);
      }
    }
  }

  function add(notice: Notice): void {
    waiting.push(JSON.stringify(notice));
    // Without a connection notices would pile up; clients ask again anyway when things recover.
    if (waiting.length > 10_000) waiting = waiting.slice(-5000);
    if (waiting.length === 1) setImmediate(() => void flush());
  }

  return {
    publish: (to, event) => {
      const people = [...new Set(to)];
      for (let start = 0; start < people.length; start += 100)
        add({ to: people.slice(start, start + 100), event });
    },
    endSessions: (ended) => {
      for (const sessionId of ended) for (const callback of sessionCallbacks) callback(sessionId);
      add({ ended });
    },
    listen(listener) {
      const mine = listeners.get(listener.personId) ?? new Set();
      mine.add(listener);
      listeners.set(listener.personId, mine);
      return () => {
        mine.delete(listener);
        if (mine.size === 0) listeners.delete(listener.personId);
      };
    },
    onSessionEnd: (callback) => void sessionCallbacks.push(callback),
    onReopen: (callback) => void reopenCallbacks.push(callback),
    get size() {
      return [...listeners.values()].reduce((sum, set) => sum + set.size, 0);
    },
    async close() {
      closed = true;
      clearTimeout(reconnecting);
      clearInterval(beating);
      await client?.end().catch(() => undefined);
    },
  };
}
