import type { Page } from 'playwright';

/**
 * Gives a page a device that makes and uses passkeys by itself, as if its owner's finger lay on it all the time
 * (WebAuthn's virtual authenticator, over the DevTools protocol).
 */
export async function giveFingerprint(page: Page): Promise<void> {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('WebAuthn.enable');
  await devTools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}
