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
