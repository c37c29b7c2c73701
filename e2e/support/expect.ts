import { expect as patient } from 'playwright/test';

/** Playwright's expectations, with the patience of a busy machine: they end as soon as what is expected is there. */
export const expect = patient.configure({ timeout: 15_000 });
