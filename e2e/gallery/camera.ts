import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright';

const widths = { 1280: 800, 375: 812 } as const;
const themes = ['light', 'dark'] as const;

/** Takes a picture of what a page shows, in each theme and at each width. */
export class Camera {
  readonly #folder: string;
  #taken = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** How many pictures there are by now. */
  get taken(): number {
    return this.#taken;
  }

  /** Writes `name.375.dark.png` and its three siblings. The page is left wide and light. */
  async shoot(page: Page, name: string): Promise<void> {
    for (const width of [375, 1280] as const) {
      await page.setViewportSize({ width, height: widths[width] });
      for (const colorScheme of themes.toReversed()) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await settle(page);
        const path = join(this.#folder, `${name}.${width}.${colorScheme}.png`);
        await mkdir(dirname(path), { recursive: true });
        await page.screenshot({ path, fullPage: true });
        this.#taken += 1;
      }
    }
    console.log(name);
  }
}

/** Fonts and pictures are there, and what follows a change of width has been drawn. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
    for (let frame = 0; frame < 3; frame += 1) {
      await new Promise((resolve) => {
        requestAnimationFrame(resolve);
      });
    }
  });
}
