import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { idempotencyHeader } from '@casetalk/contract';
import type { Caller } from '../../attacks/means/caller.ts';
import type { Pair } from '../../attacks/means/cast.ts';
import { type Answer, codeOf } from '../../attacks/means/wire.ts';
import type { Ledger, Side } from '../ledger.ts';

/** What came of sending once. */
export interface Try {
  /** Undefined when the connection broke, or when nothing came for half a minute. */
  readonly answer: Answer | undefined;
  readonly hung: boolean;
  readonly took: number;
}

const patience = 30_000;

/** Asks once, and never waits for ever. */
export async function tryOnce(caller: Caller, what: Parameters<Caller['ask']>[0]): Promise<Try> {
  const begun = performance.now();
  let hung = false;
  const late = new AbortController();
  const answer = await Promise.race([
    caller.ask(what).catch(() => undefined),
    delay(patience, undefined, { signal: late.signal }).then(
      () => {
        hung = true;
        return undefined;
      },
      () => undefined,
    ),
  ]);
  late.abort();
  return { answer, hung, took: performance.now() - begun };
}

/** Writes a message once under a key of the caller's. */
export const tryMessage = (caller: Caller, talkId: string, text: string, key: string): Promise<Try> =>
  tryOnce(caller, {
    method: 'POST',
    path: `/v1/talks/${talkId}/messages`,
    headers: { [idempotencyHeader]: key, 'content-type': 'application/json' },
    body: JSON.stringify({ text, attachmentIds: [] }),
  });

/** What people who went on writing saw. */
export class Seen {
  acknowledged = 0;
  /** Answers that were no success, by status. */
  readonly refusals = new Map<number, number>();
  /** Connections that broke before an answer came. */
  cuts = 0;
  hung = 0;
  /** Refusals that a client could not know what to do with: anything but "later", in words and with a time. */
  readonly rude: string[] = [];
  /** The longest that an answer of any kind took, in milliseconds. */
  slowest = 0;

  note({ answer, hung, took }: Try): void {
    this.slowest = Math.max(this.slowest, took);
    if (hung) this.hung += 1;
    if (!answer) {
      this.cuts += 1;
      return;
    }
    const { status, headers, text } = answer;
    if (status < 300) return;
    this.refusals.set(status, (this.refusals.get(status) ?? 0) + 1);
    const isPolite =
      (status === 503 || status === 409 || status === 429) && headers['retry-after'] !== undefined;
    if (!isPolite && this.rude.length < 5) this.rude.push(`${status} ${codeOf(answer) || text.slice(0, 80)}`);
  }

  get words(): string {
    const refused = [...this.refusals].map(([status, times]) => `${times} × ${status}`);
    return [
      `${this.acknowledged} messages acknowledged`,
      ...refused,
      `${this.cuts} connections cut`,
      ...(this.hung > 0 ? [`${this.hung} without an answer`] : []),
      `slowest answer ${Math.round(this.slowest)} ms`,
    ].join(', ');
  }
}

/** People who write one message after the other, each as an inbox does: again with the same key until it is acknowledged. */
export interface Traffic {
  readonly seen: Seen;
  /** Resolves with the instant, by `performance.now()`, at which the next message is acknowledged that is sent from now on. */
  next(): Promise<number>;
  /** Lets everybody finish the message that they are at. */
  stop(): Promise<Seen>;
}

export interface TrafficWishes {
  readonly ledger: Ledger;
  readonly pairs: readonly Pair[];
  /** Between two messages of one person, in milliseconds. */
  readonly pause?: number;
  /** Between two tries of one message, in milliseconds. */
  readonly retry?: number;
}

/** Both people of every pair begin to write. */
export function startTraffic({ ledger, pairs, pause = 150, retry = 40 }: TrafficWishes): Traffic {
  const seen = new Seen();
  let isOver = false;
  let waiting: { since: number; tell: (at: number) => void }[] = [];

  async function write(pair: Pair, side: Side): Promise<void> {
    const text = `It still hurts a little, ${randomUUID()}.`;
    const key = randomUUID();
    for (;;) {
      const begun = performance.now();
      const tried = await tryMessage(pair[side], pair.talkId, text, key);
      seen.note(tried);
      const { answer } = tried;
      if (answer && answer.status < 300) {
        ledger.message(pair, side, (JSON.parse(answer.text) as { id: string }).id, text);
        seen.acknowledged += 1;
        const now = performance.now();
        for (const { since, tell } of waiting) if (since <= begun) tell(now);
        waiting = waiting.filter(({ since }) => since > begun);
        return;
      }
      await delay(answer?.status === 429 ? 1000 : retry);
    }
  }

  async function goOn(pair: Pair, side: Side): Promise<void> {
    while (!isOver) {
      await write(pair, side);
      await delay(pause * (0.5 + Math.random()));
    }
  }

  const everybody = Promise.all(
    pairs.flatMap((pair) => (['doctor', 'patient'] as const).map((side) => goOn(pair, side))),
  );
  return {
    seen,
    next: () => new Promise((tell) => waiting.push({ since: performance.now(), tell })),
    async stop() {
      isOver = true;
      const ended = await Promise.race([everybody.then(() => true), delay(60_000, false, { ref: false })]);
      if (!ended) throw new Error('Messages are not acknowledged any more.');
      return seen;
    },
  };
}

/** So many pairs of people, each with a talk of their own. */
export async function pairsOf(count: number, make: () => Promise<Pair>): Promise<Pair[]> {
  const pairs: Pair[] = [];
  while (pairs.length < count) pairs.push(await make());
  return pairs;
}
