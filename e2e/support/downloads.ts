import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright';

/** What a press saves on the device. */
export async function saved(page: Page, link: Locator): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}
