import { setTimeout as delay } from 'node:timers/promises';
import type { Caller } from '../../attacks/means/caller.ts';

/** How long somebody asks again, in milliseconds. */
const patience = 15_000;

/** Lets a caller come again when the product says "later", as every client does: one that has just started says so. */
export function patiently<C extends Caller>(caller: C): C {
  const once = caller.ask;
  caller.ask = async (what) => {
    const giveUpAt = performance.now() + patience;
    for (;;) {
      const answer = await once(what);
      if (answer.status !== 503 || performance.now() > giveUpAt) return answer;
      await delay(100);
    }
  };
  return caller;
}
