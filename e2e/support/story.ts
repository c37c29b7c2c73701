import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { expect } from './expect.ts';
import type { Product } from './product.ts';
import { runningProduct } from './running-product.ts';
import { Stage } from './stage.ts';

/**
 * Sets the stage for the parts of one story, told in order inside one `describe`. A part fails when a page complains,
 * and after one that failed the others fail at once, because nothing stands where they expect it.
 * @param open the product that it is told in; the one that all stories share when left out
 */
export function tellStory(open: () => Promise<Product> = runningProduct): Stage {
  const story = new Stage();
  beforeAll(async () => story.raise(await open()));
  beforeEach(() => {
    if (story.failedAt !== undefined) throw new Error(`The story had stopped at “${story.failedAt}”.`);
  });
  afterEach(async ({ task }) => {
    const failed = task.result?.state === 'fail';
    const complaints = story.complaints();
    if ((failed || complaints.length > 0) && story.failedAt === undefined) {
      story.failedAt = task.name;
      await story.picture(task.name);
    }
    if (!failed) expect(complaints).toEqual([]);
  });
  afterAll(() => story.lower());
  return story;
}
