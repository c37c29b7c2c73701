import type { Locator, Page } from 'playwright';
import { expect } from '../support/expect.ts';

/** The mailroom's authenticator, as whoever tries the product uses it. */
export class MailroomAuthenticator {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(mailroomUrl: string): Promise<void> {
    await this.page.goto(mailroomUrl);
    await this.page.getByRole('link', { name: 'Authenticator' }).click();
    await expect(this.page.getByRole('heading', { level: 1, name: 'Authenticator' })).toBeVisible();
  }

  code(name: string): Locator {
    return this.page.getByLabel(`Code of ${name}`, { exact: true });
  }

  /** Adds an account by its setup key and answers the code that it shows. */
  async add(key: string, name: string): Promise<string> {
    await this.page.getByLabel(/^Setup key/).fill(key);
    await this.page.getByLabel(/^Name/).fill(name);
    await this.page.getByRole('button', { name: 'Add account' }).click();
    await expect(this.code(name)).toBeVisible();
    return this.shown(name);
  }

  /** What an account shows now, without the gap in its middle. */
  async shown(name: string): Promise<string> {
    return (await this.code(name).innerText()).replaceAll(/\D/g, '');
  }
}
