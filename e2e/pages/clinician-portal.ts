import type { Locator, Page } from 'playwright';
import { expect } from '../support/expect.ts';
import { type DemoClinician, demoPassword } from '../support/people.ts';
import { authenticatorCode } from '../support/second-factor.ts';
import type { CodeSources } from './code-sources.ts';
import { TalkPane } from './talk-pane.ts';
import { clinicianTalkWords } from './words.ts';

type Tab = 'Overview' | 'Doctor Talk' | 'Patient Talk' | 'Attachments';

export interface InviteWishes {
  readonly email: string;
  readonly mobile?: string;
  readonly landline?: string;
  readonly language?: 'English' | 'Español';
  readonly firstMessage?: string;
}

/** The clinician portal, as a doctor or staff member uses it. */
export class ClinicianPortal {
  readonly page: Page;
  readonly talk: TalkPane;

  readonly #sources: CodeSources | undefined;

  /** @param sources where the codes for signing in come from; who signs in by other means needs none */
  constructor(page: Page, sources?: CodeSources) {
    this.page = page;
    this.#sources = sources;
    this.talk = new TalkPane(page, clinicianTalkWords);
  }

  /** Words on the screen itself, not those that are read aloud once. */
  shown(words: string | RegExp): Locator {
    return this.page.getByRole('main').getByText(words, { exact: typeof words === 'string' });
  }

  /** The screen's heading. */
  heading(name: string | RegExp): Locator {
    return this.page.getByRole('heading', { level: 1, name });
  }

  /** The email and the password; what follows is the second factor. */
  async enterPassword({ email }: Pick<DemoClinician, 'email'>, password = demoPassword): Promise<void> {
    await this.page.goto('/');
    await expect(this.heading('Sign in')).toBeVisible();
    await this.page.getByRole('textbox', { name: 'Email' }).fill(email);
    await this.page.getByLabel('Password', { exact: true }).fill(password);
    await this.page.getByRole('button', { name: 'Sign In', exact: true }).click();
  }

  /** Where the code of the authenticator app is typed: at sign-in, while setting up, and to confirm again. */
  get appCodeField(): Locator {
    return this.page.getByRole('textbox', { name: 'Code from the app' });
  }

  async enterAppCode(code: string, button = 'Continue'): Promise<void> {
    await this.appCodeField.fill(code);
    await this.page.getByRole('button', { name: button, exact: true }).click();
  }

  /** What a demo clinician's authenticator app shows now. */
  appCode({ email }: Pick<DemoClinician, 'email'>): Promise<string> {
    if (!this.#sources) throw new Error('This portal knows no source of codes.');
    return authenticatorCode(this.#sources.database, email);
  }

  async signIn(person: DemoClinician, password = demoPassword): Promise<void> {
    await this.enterPassword(person, password);
    await expect(this.heading('Enter the code of your authenticator app')).toBeVisible();
    await this.enterAppCode(await this.appCode(person));
    await expect(this.heading('View Cases')).toBeVisible();
  }

  async viewCases(): Promise<void> {
    await this.page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name: /^View Cases/ })
      .click();
    await expect(this.heading('View Cases')).toBeVisible();
  }

  async viewCase(patientName: string): Promise<void> {
    await this.page.getByRole('link', { name: `View case for ${patientName}`, exact: true }).click();
    await expect(this.heading(patientName)).toBeVisible();
  }

  tab(name: Tab): Locator {
    return this.page.getByRole('tab', { name: new RegExp(`^${name}`) });
  }

  async openTab(name: Tab): Promise<void> {
    await this.tab(name).click();
    await expect(this.page.getByRole('heading', { level: 2, name })).toBeAttached();
  }

  /** Straight to a tab of a case, as from a bookmark. */
  async goToTalk(caseId: string): Promise<void> {
    await this.page.goto(`/cases/${caseId}/patient-talk`);
    await expect(this.page.getByRole('heading', { level: 2, name: 'Patient Talk' })).toBeAttached();
  }

  get notInvited(): Locator {
    return this.page.getByRole('heading', { name: /^You have not invited / });
  }

  get inviteButton(): Locator {
    return this.page.getByRole('button', { name: 'Invite Patient', exact: true });
  }

  get clickHere(): Locator {
    return this.page.getByRole('button', { name: /^Click here/ });
  }

  get inviteDialog(): Locator {
    return this.page.getByRole('dialog', { name: 'Invite patient' });
  }

  /** Fills the open form and sends it. */
  async fillInvite({ email, mobile, landline, language, firstMessage }: InviteWishes): Promise<void> {
    const dialog = this.inviteDialog;
    await dialog.getByRole('textbox', { name: 'Email address', exact: true }).fill(email);
    await dialog.getByRole('textbox', { name: 'Email address again' }).fill(email);
    if (mobile !== undefined) await dialog.getByRole('textbox', { name: /^Mobile/ }).fill(mobile);
    if (landline !== undefined) await dialog.getByRole('textbox', { name: /^Landline/ }).fill(landline);
    if (language !== undefined) {
      await dialog.getByRole('combobox', { name: 'Language' }).selectOption({ label: language });
    }
    if (firstMessage !== undefined) {
      await dialog.getByRole('textbox', { name: /^First message/ }).fill(firstMessage);
    }
  }

  async sendInvite(email: string): Promise<void> {
    await this.inviteDialog.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(this.inviteDialog.getByText(`Invitation sent to ${email}.`)).toBeVisible();
  }

  async closeInvite(): Promise<void> {
    await this.inviteDialog.getByRole('button', { name: 'Done' }).click();
    await expect(this.inviteDialog).toBeHidden();
  }

  /** A step of the invitation's way, such as "Delivered (Done)". */
  step(name: string, state: 'Done' | 'Next' | 'Not yet' | 'Failed' = 'Done'): Locator {
    return this.page
      .getByRole('list', { name: 'Where the invitation stands' })
      .getByRole('listitem')
      .filter({ hasText: `${name} (${state})` });
  }

  /** What can be done with an invitation, in the strip that says where it stands: what mends it comes first. */
  get repairButtons(): Locator {
    return this.page.locator('#invitation-standing').getByRole('button');
  }

  /**
   * Writes the right address into an invitation, which sends it again.
   * @param look hears of the open form before anything is changed
   */
  async correctAddress(email: string, look: (dialog: Locator) => Promise<void>): Promise<void> {
    await this.repairButtons.getByText('Correct address').click();
    const dialog = this.page.getByRole('dialog', { name: 'Correct the invitation' });
    await look(dialog);
    await dialog.getByRole('textbox', { name: 'Email address', exact: true }).fill(email);
    await dialog.getByRole('textbox', { name: 'Email address again' }).fill(email);
    await dialog.getByRole('button', { name: 'Save and send again' }).click();
    await expect(dialog).toBeHidden();
  }

  shareButton(fileName: string): Locator {
    return this.page.getByRole('button', { name: `Share File ${fileName} with the case team`, exact: true });
  }

  /** What stands where the Share File button was. */
  get sharedNotice(): Locator {
    return this.page.getByRole('link', { name: /^Shared to Attachments, / });
  }

  /** All files of what is on screen in one zip, with how many there are. */
  downloadAll(count: number): Locator {
    return this.page.getByRole('link', { name: new RegExp(`^Download all ?${count} files?, `) });
  }

  /** A file in the Attachments tab. */
  attachment(fileName: string): Locator {
    return this.page.getByRole('row').filter({ hasText: fileName });
  }
}
