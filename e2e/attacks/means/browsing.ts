import type { BrowserContext, Page } from 'playwright';
import type { Caller } from './caller.ts';

/** Puts somebody's cookies into a browser: they are signed in there from now on. @param portalUrl `http://localhost:…` */
export async function takeOver(
  context: BrowserContext,
  { cookies }: Caller,
  portalUrl: string,
): Promise<void> {
  const { hostname, port } = new URL(portalUrl);
  await context.addCookies(
    [...cookies].map(([name, value]) => ({
      name,
      value,
      // Cookies of this kind are set over TLS alone, or on this machine.
      url: `https://${hostname}:${port}/`,
      secure: true,
      httpOnly: true,
      sameSite: 'Strict' as const,
    })),
  );
}

/** What a page does that it must not: talk to anybody else, open a dialog, run what it was given, break its policy. */
export interface Misdeeds {
  take(): string[];
}

/** @param origins whom the pages may ask */
export function watchMisdeeds(context: BrowserContext, origins: readonly string[]): Misdeeds {
  const found: string[] = [];
  context.on('request', (request) => {
    const url = request.url();
    const isOwn = origins.some((origin) => url.startsWith(`${origin}/`)) || /^(?:blob|data|about):/.test(url);
    if (!isOwn) found.push(`asked ${url}`);
  });
  context.on('page', (page) => {
    page.on('dialog', (dialog) => {
      found.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss().catch(() => undefined);
    });
    page.on('pageerror', (error) => found.push(`an error: ${error.message}`));
    page.on('popup', (popup) => found.push(`a window: ${popup.url()}`));
    page.on('console', (message) => {
      if (/Content Security Policy|TrustedHTML|Trusted Type/i.test(message.text()))
        found.push(message.text());
    });
  });
  return { take: () => found.splice(0) };
}

/** How long a page must ask nothing, in milliseconds, to have said everything. The stream of events stays open for ever. */
const quiet = 600;

/** Opens an address of a portal and waits until the page stands still. */
export async function open(page: Page, path: string): Promise<void> {
  let last = performance.now();
  const note = (): void => {
    last = performance.now();
  };
  page.on('request', note);
  page.on('requestfinished', note);
  try {
    await page.goto(path);
    await page.getByRole('main').first().waitFor({ timeout: 15_000 });
    while (performance.now() - last < quiet) await page.waitForTimeout(50);
  } finally {
    page.off('request', note);
    page.off('requestfinished', note);
  }
}
