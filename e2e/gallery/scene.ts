import type { Page } from 'playwright';
import type { Stage } from '../support/stage.ts';
import type { Camera } from './camera.ts';

/** A walk through some screens. Each brings its own people and cases. */
export interface Scene {
  readonly name: string;
  readonly walk: (stage: Stage, camera: Camera) => Promise<void>;
}

/** What a screen shows while the API does not answer, and when it cannot be reached. */
export async function whileApiIs(
  page: Page,
  how: 'silent' | 'away',
  path: RegExp,
  look: () => Promise<void>,
): Promise<void> {
  const held: (() => void)[] = [];
  await page.route(path, async (route) => {
    if (how === 'away') return route.abort('connectionrefused');
    await new Promise<void>((resolve) => {
      held.push(resolve);
    });
    return route.continue().catch(() => undefined);
  });
  await look();
  await page.unroute(path);
  for (const release of held) release();
}

/** Where a page asks how long its session lasts. */
export const presentSession = '**/v1/sessions/current';

/** Lets the page believe that the session is over in a minute and a half. */
export async function endSoon(page: Page): Promise<void> {
  await page.route(presentSession, async (route) => {
    const response = await route.fetch();
    const session = (await response.json()) as object;
    const idleExpiresAt = new Date(Date.now() + 90_000).toISOString();
    await route.fulfill({ response, json: { ...session, idleExpiresAt } });
  });
}
