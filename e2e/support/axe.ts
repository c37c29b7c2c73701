import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';
import { expect } from './expect.ts';

/** Looks at what the page shows now as a checker of WCAG and good practice does; anything it finds fails the story. */
export async function checkAccess(page: Page): Promise<void> {
  // Behind a dialog the screen is hidden from assistive technology, its heading with it.
  await expect(page.getByRole('heading', { level: 1, includeHidden: true })).toBeAttached();
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n${nodes.map(({ html }) => `    ${html}`).join('\n')}`,
  );
  expect(found, `axe on ${page.url()}`).toEqual([]);
}
