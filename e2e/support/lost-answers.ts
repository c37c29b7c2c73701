import type { Page, Request, Route } from 'playwright';
import { expect } from './expect.ts';
import type { Stage } from './stage.ts';

/** A connection on which answers get lost: the request reaches the service, and the page never hears of it. */
export class LossyLine {
  readonly #asked: Request[] = [];

  /** The keys under which the page asked, in order. */
  get keys(): (string | undefined)[] {
    return this.#asked.map((request) => request.headers()['idempotency-key']);
  }

  /** Loses the answer to the next POST to an address; those after it arrive. */
  static async on(page: Page, address: RegExp): Promise<LossyLine> {
    const line = new LossyLine();
    let losing = true;
    await page.route(address, async (route: Route) => {
      if (route.request().method() !== 'POST') return route.fallback();
      line.#asked.push(route.request());
      if (!losing) return route.continue();
      losing = false;
      const answer = await route.fetch();
      expect(answer.ok()).toBe(true);
      return route.abort('connectionreset');
    });
    return line;
  }
}

/** The console names a broken connection, and has nothing else to complain of. */
export function expectOnlyBrokenLines(story: Stage): void {
  const other = story.complaints().filter((text) => !/Failed to load resource: net::ERR_/.test(text));
  expect(other).toEqual([]);
}
