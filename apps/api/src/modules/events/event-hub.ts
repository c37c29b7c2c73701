import type { Event } from '@casetalk/contract';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

/** One person's open stream. */
export interface Listener {
  readonly personId: string;
  readonly sessionId: string;
  send(event: Event): void;
}

/** `ended`, `changed` and `renewed` hold ids of sessions: the database itself tells of them, see migration 0017. */
type Notice =
  | { readonly to: readonly string[]; readonly event: Event }
  | { readonly ended: readonly string[] }
  | { readonly changed: readonly string[] }
  | { readonly renewed: readonly string[] };

type SessionCallback = (sessionId: string) => void;

/** The time in which nothing that was told on any process went unheard here, by `performance.now()`. */
export interface Hearing {
  readonly since: number;
  readonly until: number;
}

export interface EventHub {
  /** Tells people, on every process, what changed. Call it after the commit; it never fails and never waits. */
  publish(to: readonly string[], event: Event): void;
  /** Ends sessions here at once: caches forget them and their streams close. The other processes hear it from the commit. */
  endSessions(sessionIds: readonly string[]): void;
  /** @returns a function that stops listening */
  listen(listener: Listener): () => void;
  /** Told of every ended session, on every process. */
  onSessionEnd(callback: SessionCallback): void;
  /** Told of sessions whose person or time has changed. */
  onSessionChange(callback: SessionCallback): void;
  /** Told of sessions that have a new secret. */
  onSessionRenewal(callback: SessionCallback): void;
  readonly hearing: Hearing;
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
/** How often an idle connection is asked whether all was heard, in milliseconds. */
const heartbeat = 300;
/** At least so long between two statements, in milliseconds: under load what happens meanwhile shares the next one. */
const flushEvery = 5;
/** How long closing waits for what is still to be told, in milliseconds. */
const lastWords = 2000;

/**
 * Carries notices between processes by LISTEN/NOTIFY on a connection of its own: notices of one turn of the event loop
 * leave in one statement, outside any business transaction, so that commits are never serialised by them. What is lost
 * while the connection is down is made up for by clients asking again when their stream reopens.
 * @param url connection string of a login that may do nothing but connect
 */
export function createEventHub(url: string, onError: (error: Error) => void): EventHub {
  const listeners = new Map<string, Set<Listener>>();
  const ending: SessionCallback[] = [];
  const changing: SessionCallback[] = [];
  const renewing: SessionCallback[] = [];
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
  let hearing: Hearing = { since: Infinity, until: -Infinity };
  let beat: Promise<void> | undefined;
  const beating = setInterval(() => {
    if (performance.now() - hearing.until < heartbeat) return;
    beat ??= ask('select 1')
      .catch((error: unknown) => giveUp?.(error as Error))
      .finally(() => {
        beat = undefined;
      });
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
    hearing = { since: performance.now(), until: performance.now() };
    if (missed) for (const callback of reopenCallbacks) callback();
    missed = false;
    void flush();

    function lost(error?: Error): void {
      if (closed || reconnecting) return;
      if (error) onError(error);
      missed = true;
      client = undefined;
      hearing = { since: Infinity, until: -Infinity };
      next.removeAllListeners();
      next.on('error', () => undefined);
      void next.end().catch(() => undefined);
      reconnecting = setTimeout(() => {
        reconnecting = undefined;
        void connect();
      }, reconnectDelay);
    }
  }

  /** PostgreSQL hands over what was told before a statement ahead of being ready for the next one. */
  async function ask(query: string | pg.QueryConfig): Promise<void> {
    const asked = client;
    const askedAt = performance.now();
    await asked?.query(query);
    if (asked && asked === client) hearing = { ...hearing, until: askedAt };
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
        await ask({
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
      if ('ended' in notice) tell(ending, notice.ended);
      else if ('changed' in notice) tell(changing, notice.changed);
      else if ('renewed' in notice) tell(renewing, notice.renewed);
      else {
        for (const person of notice.to)
          for (const listener of listeners.get(person) ?? []) listener.send(notice.event);
      }
    }
  }

  function tell(callbacks: readonly SessionCallback[], sessionIds: readonly string[]): void {
    for (const sessionId of sessionIds) for (const callback of callbacks) callback(sessionId);
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
    endSessions: (ended) => tell(ending, ended),
    listen(listener) {
      const mine = listeners.get(listener.personId) ?? new Set();
      mine.add(listener);
      listeners.set(listener.personId, mine);
      return () => {
        mine.delete(listener);
        if (mine.size === 0) listeners.delete(listener.personId);
      };
    },
    onSessionEnd: (callback) => void ending.push(callback),
    onSessionChange: (callback) => void changing.push(callback),
    onSessionRenewal: (callback) => void renewing.push(callback),
    onReopen: (callback) => void reopenCallbacks.push(callback),
    get hearing() {
      return hearing;
    },
    get size() {
      return [...listeners.values()].reduce((sum, set) => sum + set.size, 0);
    },
    async close() {
      // What was told last is heard by the others, unless nobody is there to tell it to.
      const until = performance.now() + lastWords;
      while (client && (flushing || waiting.length > 0) && performance.now() < until) {
        await flush();
        await pause(flushEvery);
      }
      closed = true;
      clearTimeout(reconnecting);
      clearInterval(beating);
      await client?.end().catch(() => undefined);
    },
  };
}
