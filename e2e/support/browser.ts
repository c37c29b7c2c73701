import { browserArguments, findBrowser } from '@casetalk/local-stack';
import { type Browser, chromium } from 'playwright';

/** Starts the Chromium of this machine without a window. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await findBrowser(console.error), args: [...browserArguments()] });
}
