import type { BrowserContext, Page } from 'playwright';

/** What the API refuses on purpose stands in the console too: "Failed to load resource … status of 401". */
const refusal = /^Failed to load resource: the server responded with a status of 4\d\d/;

/** Collects what a good page never does: errors in the console, uncaught errors, broken policies, failing servers. */
export class Complaints {
  readonly #found: string[] = [];

  watch(context: BrowserContext): void {
    context.on('page', (page) => this.#watchPage(page));
    context.on('response', (response) => {
      if (response.status() >= 500) this.#found.push(`${response.status()} from ${response.url()}`);
    });
  }

  /** What was found since the last time. */
  take(): string[] {
    return this.#found.splice(0);
  }

  #watchPage(page: Page): void {
    page.on('pageerror', (error) => this.#found.push(`uncaught on ${page.url()}: ${error.message}`));
    page.on('console', (message) => {
      // A broken content security policy is an error of the console.
      if (message.type() === 'error' && !refusal.test(message.text())) {
        this.#found.push(`console of ${page.url()}: ${message.text()}`);
      }
    });
  }
}
