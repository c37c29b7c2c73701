import type { Locator, Page } from 'playwright';
import { expect } from './expect.ts';

/** More stops than any screen has: beyond it the thing cannot be reached. */
const mostStops = 80;

/** A person who has a keyboard and nothing else. */
export class Keyboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Presses Tab until the thing has the focus. */
  async goTo(thing: Locator): Promise<void> {
    await expect(thing).toBeVisible();
    for (let stop = 0; stop < mostStops; stop += 1) {
      if (await hasFocus(thing)) return;
      await this.#page.keyboard.press('Tab');
    }
    throw new Error(`${mostStops} times Tab do not lead to ${thing.toString()}.`);
  }

  async press(thing: Locator): Promise<void> {
    await this.goTo(thing);
    await this.#page.keyboard.press('Enter');
  }

  /** Replaces what stands in a field. */
  async type(field: Locator, text: string): Promise<void> {
    await this.goTo(field);
    await this.#page.keyboard.press('ControlOrMeta+A');
    await this.#page.keyboard.type(text);
  }

  /** Moves within a group of radios until this one is chosen. */
  async choose(radio: Locator, anyOfGroup: Locator): Promise<void> {
    await expect(radio).toBeVisible();
    for (let stop = 0; stop < mostStops; stop += 1) {
      if (await anyOfGroup.evaluateAll((radios) => radios.some((one) => one === document.activeElement)))
        break;
      await this.#page.keyboard.press('Tab');
    }
    const { length } = await anyOfGroup.all();
    for (let step = 0; step < length; step += 1) {
      if ((await hasFocus(radio)) && (await radio.isChecked())) return;
      await this.#page.keyboard.press('ArrowDown');
    }
    await expect(radio).toBeChecked();
  }
}

const hasFocus = (thing: Locator): Promise<boolean> =>
  thing.evaluate((element) => element === document.activeElement);
