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

  /** Writes one picture of a wide, light page in a window of another height. */
  async shootAtHeight(page: Page, name: string, height: number): Promise<void> {
    await page.mouse.move(0, 0);
    await page.setViewportSize({ width: 1280, height });
    await settle(page);
    await this.#write(page, `${name}.png`);
    await page.setViewportSize({ width: 1280, height: widths[1280] });
  }

  /** Writes `name.375.dark.png` and its three siblings. The page is left wide and light. */
  async shoot(page: Page, name: string): Promise<void> {
    // Nothing looks pointed at.
    await page.mouse.move(0, 0);
    for (const width of [375, 1280] as const) {
      for (const colorScheme of themes.toReversed()) {
        await page.setViewportSize({ width, height: widths[width] });
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await settle(page);
        await showAll(page, width);
        await this.#write(page, `${name}.${width}.${colorScheme}.png`);
      }
    }
    await page.setViewportSize({ width: 1280, height: widths[1280] });
    console.log(name);
  }

  async #write(page: Page, file: string): Promise<void> {
    const path = join(this.#folder, file);
    await mkdir(dirname(path), { recursive: true });
    await page.screenshot({ path });
    this.#taken += 1;
  }
}

/**
 * A long page gets a window as long as itself, so that what is fixed to the window's edges stands there. A page that
 * grows with its window is left as it is.
 */
async function showAll(page: Page, width: 375 | 1280): Promise<void> {
  if ((await page.getByRole('dialog').count()) > 0) return;
  const height = await pageHeight(page);
  if (height <= widths[width]) return;
  await page.setViewportSize({ width, height });
  await settle(page);
  if ((await pageHeight(page)) <= height) return;
  await page.setViewportSize({ width, height: widths[width] });
  await settle(page);
}

const pageHeight = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollHeight);

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
