import type { Locator, Page } from 'playwright';
import { expect } from '../support/expect.ts';

/** "Sign-in and security" on a clinician's account page, and setting up at the first sign-in. */
export class AccountSecurity {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.goto('/account');
    await expect(this.page.getByRole('heading', { level: 2, name: 'Sign-in and security' })).toBeVisible();
    await expect(this.panel('Recovery codes').getByText(/^\d+ codes? of 10/)).toBeVisible();
  }

  panel(title: string): Locator {
    return this.page.getByRole('region', { name: title, exact: true });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' });
  }

  /** The key that an authenticator app is set up with, as it stands on the screen. */
  setupKey(): Promise<string> {
    return this.page.getByRole('listitem').filter({ hasText: 'Setup key' }).getByRole('code').innerText();
  }

  /** The recovery codes on the screen. */
  recoveryCodes(): Promise<string[]> {
    return this.page
      .getByRole('region', { name: 'Recovery codes for CaseTalk' })
      .getByRole('listitem')
      .allInnerTexts();
  }

  /** Says that the codes are kept, and goes on. */
  async keepCodes(button: string): Promise<void> {
    await this.page.getByRole('checkbox', { name: 'I have kept them in a safe place' }).check();
    await this.button(button).click();
  }

  /** "Is it still you?" */
  get question(): Locator {
    return this.page.getByRole('dialog', { name: 'Is it still you?' });
  }

  async answerPassword(password: string): Promise<void> {
    await this.question.getByLabel('Your password', { exact: true }).fill(password);
    await this.question.getByRole('button', { name: 'Continue' }).click();
  }

  async signOut(): Promise<void> {
    await this.button('Sign out').first().click();
    await expect(this.page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  }
}
