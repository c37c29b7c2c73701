import type { Locator, Page } from 'playwright';

/** "Who has seen this", as a page or beside a talk. */
export class AccessRecord {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The entries that say this. */
  entry(words: string | RegExp): Locator {
    return this.#page.getByRole('listitem').filter({ hasText: words });
  }
}
