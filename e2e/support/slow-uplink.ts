import type { Page } from 'playwright';

/** Lets a page send no more than so many bytes a second, as a device that is far away would. */
export async function slowUplink(page: Page, bytesASecond: number): Promise<void> {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: bytesASecond,
  });
}
