import type { Locator, Page } from 'playwright';
import { expect } from '../support/expect.ts';

export interface EmergencyWishes {
  readonly clinicianName: string;
  readonly reason: string;
}

/** Emergency access, as the administrator of a practice uses it. */
export class EmergencyAccess {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** From the address of a case, as a colleague sent it, to the form. */
  async openFormFrom(caseId: string): Promise<void> {
    await this.page.goto(`/cases/${caseId}`);
    await this.page.getByRole('link', { name: 'Open a talk in an emergency' }).click();
    await expect(
      this.page.getByRole('heading', { level: 1, name: 'Open a talk in an emergency' }),
    ).toBeVisible();
  }

  async fillIn({ clinicianName, reason }: EmergencyWishes): Promise<void> {
    await this.page.getByRole('radio', { name: clinicianName }).check();
    await this.page.getByRole('textbox', { name: 'Reason' }).fill(reason);
  }

  async goOn(): Promise<void> {
    await this.page.getByRole('button', { name: 'Continue', exact: true }).click();
  }

  /** "Open the talk of Dr Grace Chen?" */
  get question(): Locator {
    return this.page.getByRole('dialog', { name: /^Open the talk of / });
  }

  async agree(): Promise<void> {
    await this.question.getByRole('button', { name: 'Yes, open the talk' }).click();
  }

  /** "Emergency access: 29:58 left" */
  get clock(): Locator {
    return this.page.getByRole('timer');
  }

  async endNow(): Promise<void> {
    await this.page.getByRole('button', { name: 'End access now' }).click();
  }
}
