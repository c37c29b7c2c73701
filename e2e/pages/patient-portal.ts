import type { Locator, Page } from 'playwright';
import { expect } from '../support/expect.ts';
import type { Patient } from '../support/people.ts';
import { type CodeSources, textedCode } from './code-sources.ts';
import { TalkPane } from './talk-pane.ts';
import { type PatientWords, patientWords } from './words.ts';

/** The patient portal, from the emailed link to the Secure Inbox. */
export class PatientPortal {
  readonly page: Page;
  readonly words: PatientWords;
  readonly talk: TalkPane;

  readonly #sources: CodeSources | undefined;

  /** @param sources where the codes for a new device come from; who signs in by other means needs none */
  constructor(page: Page, language: 'en' | 'es' = 'en', sources?: CodeSources) {
    this.page = page;
    this.#sources = sources;
    this.words = patientWords[language];
    this.talk = new TalkPane(page, this.words);
  }

  /** Words on the screen itself, not those that are read aloud once. */
  shown(words: string | RegExp): Locator {
    return this.page.getByRole('main').getByText(words, { exact: typeof words === 'string' });
  }

  /** The screen's heading. */
  heading(name: string | RegExp): Locator {
    return this.page.getByRole('heading', { level: 1, name });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** What the summary says is wrong. */
  problem(message: string | RegExp): Locator {
    return this.page.getByRole('alert').getByText(message);
  }

  async openLink(link: string): Promise<void> {
    await this.page.goto(link);
  }

  /** From the invitation to the choice of how the code is sent. */
  async begin(): Promise<void> {
    await this.button(this.words.continue).click();
    await expect(this.heading(this.words.methodTitle)).toBeVisible();
  }

  method(label: string): Locator {
    return this.page.getByRole('radio', { name: label });
  }

  async chooseMethod(label: string): Promise<void> {
    await this.method(label).check();
    await this.button(this.words.continue).click();
    await expect(this.heading(this.words.codeTitle)).toBeVisible();
  }

  get codeField(): Locator {
    return this.page.getByRole('textbox', { name: this.words.code });
  }

  async enterCode(code: string): Promise<void> {
    await this.codeField.fill(code);
    await this.button(this.words.continue).click();
  }

  async acceptTerms(): Promise<void> {
    await expect(this.heading(this.words.termsTitle)).toBeVisible();
    await this.button(this.words.accept).click();
    await expect(this.heading(this.words.passwordTitle)).toBeVisible();
  }

  get newPassword(): Locator {
    return this.page.getByLabel(this.words.newPassword, { exact: true });
  }

  get passwordAgain(): Locator {
    return this.page.getByLabel(this.words.passwordAgain, { exact: true });
  }

  /** The requirements of the password that are met, or not met, so far. */
  requirements(state: 'met' | 'notMet'): Locator {
    return this.page.getByRole('listitem').filter({ hasText: new RegExp(`^${this.words[state]}`) });
  }

  async setPassword(password: string): Promise<void> {
    await this.newPassword.fill(password);
    await this.passwordAgain.fill(password);
    await this.button(this.words.continue).click();
    await expect(this.heading(this.words.doneTitle)).toBeVisible();
  }

  /** Fills in what the sign-in screen asks for; the email may stand there already. */
  async signInHere({ email, password }: Pick<Patient, 'email' | 'password'>): Promise<void> {
    await expect(this.page.getByRole('textbox', { name: this.words.email })).toBeVisible();
    await this.page.getByRole('textbox', { name: this.words.email }).fill(email);
    await this.page.getByLabel(this.words.password, { exact: true }).fill(password);
    await this.button(this.words.signIn).click();
  }

  /** On a device where the patient has not been before, the code of a text message follows the password. */
  async proveDevice({ email }: Pick<Patient, 'email'>): Promise<void> {
    const asked = this.heading(this.words.methodTitle);
    await expect(asked.or(this.inboxLink).first()).toBeVisible();
    if (!(await asked.isVisible())) return;
    if (!this.#sources) throw new Error('This portal knows no source of codes.');
    const code = await textedCode(this.#sources, email, async () => {
      await this.button(this.words.continue).click();
      await expect(this.heading(this.words.codeTitle)).toBeVisible();
    });
    await this.enterCode(code);
  }

  async signIn(patient: Pick<Patient, 'email' | 'password'>): Promise<void> {
    await this.page.goto('/');
    await this.signInHere(patient);
    await this.proveDevice(patient);
    await expect(this.inboxLink).toBeVisible();
  }

  get inboxLink(): Locator {
    return this.page.getByRole('navigation').getByRole('link', { name: new RegExp(`^${this.words.inbox}`) });
  }

  async openInbox(): Promise<void> {
    await this.inboxLink.click();
    await expect(this.heading(this.words.inbox)).toBeVisible();
  }

  /** All files of the open conversation in one zip, with how many there are. */
  downloadAll(count: number): Locator {
    return this.page.getByRole('link', { name: new RegExp(`^${this.words.downloadAll},? ?${count} `) });
  }

  conversation(clinicianName: string): Locator {
    return this.page
      .getByRole('list', { name: this.words.conversations })
      .getByRole('link')
      .filter({ hasText: clinicianName });
  }

  async openConversation(clinicianName: string): Promise<void> {
    await this.conversation(clinicianName).click();
    await expect(this.talk.composer).toBeVisible();
  }
}
