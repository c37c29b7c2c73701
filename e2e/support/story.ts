import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { expect } from './expect.ts';
import { runningProduct } from './running-product.ts';
import { Stage } from './stage.ts';

/**
 * Sets the stage for the parts of one story, told in order inside one `describe`. A part fails when a page complains,
 * and after one that failed the others fail at once, because nothing stands where they expect it.
 */
export function tellStory(): Stage {
  const story = new Stage();
  beforeAll(async () => story.raise(await runningProduct()));
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
