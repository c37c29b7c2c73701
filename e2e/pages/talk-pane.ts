import type { FileChooser, Locator, Page } from 'playwright';
import { expect } from '../support/expect.ts';
import type { TestFile } from '../support/pictures.ts';
import type { TalkWords } from './words.ts';

/** A talk as either side sees it: the messages, and where one writes. */
export class TalkPane {
  readonly #page: Page;
  readonly #words: TalkWords;

  constructor(page: Page, words: TalkWords) {
    this.#page = page;
    this.#words = words;
  }

  get log(): Locator {
    return this.#page.getByRole('log');
  }

  get composer(): Locator {
    return this.#page.getByRole('textbox', { name: this.#words.composer });
  }

  get sendButton(): Locator {
    return this.#page.getByRole('button', { name: this.#words.send, exact: true });
  }

  get addFilesButton(): Locator {
    return this.#page.getByRole('button', { name: this.#words.addFiles, exact: true });
  }

  /** A message by its whole text, or by what it begins with. */
  message(text: string | RegExp): Locator {
    return this.log.getByText(text, { exact: true });
  }

  /** What stands under the reader's latest message once the other side has read it. */
  get readMark(): Locator {
    return this.log.getByText(this.#words.read);
  }

  /** A file of a message, which opens in the viewer. */
  file(name: string): Locator {
    return this.log.getByRole('button', { name: this.#words.view(name), exact: true });
  }

  /** The bytes of a file as a download brings them. */
  downloadOf(name: string): Locator {
    return this.log.getByRole('link', { name: this.#words.download(name), exact: true });
  }

  async write(text: string): Promise<void> {
    await this.composer.fill(text);
  }

  async send(): Promise<void> {
    await this.sendButton.click();
  }

  async say(text: string): Promise<void> {
    await this.write(text);
    await this.send();
    await expect(this.message(text)).toBeVisible();
  }

  /** Chooses files by the button and waits until each may be sent. */
  async addFiles(files: readonly TestFile[]): Promise<void> {
    await this.hand(await this.#askForFiles(), files);
  }

  /** Chooses files by the button, whatever becomes of them. */
  async chooseFiles(files: readonly TestFile[]): Promise<void> {
    const chooser = await this.#askForFiles();
    await chooser.setFiles([...files]);
  }

  /** A file of the message that is being written. */
  waitingFile(name: string): Locator {
    return this.#page
      .getByRole('list', { name: this.#words.filesToSend })
      .getByRole('listitem')
      .filter({ hasText: name });
  }

  async removeFile(name: string): Promise<void> {
    await this.waitingFile(name)
      .getByRole('button', { name: this.#words.remove(name), exact: true })
      .click();
    await expect(this.waitingFile(name)).toHaveCount(0);
  }

  /** Chooses a file from the disk, and does not wait for it. */
  async chooseFile(path: string): Promise<void> {
    const choosing = this.#page.waitForEvent('filechooser');
    await this.addFilesButton.click();
    await (await choosing).setFiles(path);
  }

  /** The row of a file that is to be sent. */
  waiting(name: string): Locator {
    const waiting = this.#page.getByRole('list', { name: this.#words.filesToSend });
    return waiting.getByRole('listitem').filter({ hasText: name });
  }

  /** The row of an upload that a reload or a crash left behind. */
  unfinished(name: string): Locator {
    const unfinished = this.#page.getByRole('list', { name: this.#words.unfinished });
    return unfinished.getByRole('listitem').filter({ hasText: name });
  }

  /** Chooses a file from the disk to go on with an unfinished upload. */
  async chooseAgain(name: string, path: string): Promise<void> {
    const choosing = this.#page.waitForEvent('filechooser');
    await this.unfinished(name)
      .getByRole('button', { name: this.#words.chooseAgain(name) })
      .click();
    await (await choosing).setFiles(path);
  }

  /** The button that asks whether an unfinished upload is to be thrown away. */
  discardUpload(name: string): Locator {
    return this.unfinished(name).getByRole('button', { name: this.#words.discardUpload(name) });
  }

  /** Answers the device's question which files, however it was raised. */
  async hand(chooser: FileChooser, files: readonly TestFile[]): Promise<void> {
    await chooser.setFiles([...files]);
    for (const { name } of files) {
      await expect(this.waitingFile(name).getByText(this.#words.readyToSend)).toBeVisible();
    }
  }

  async #askForFiles(): Promise<FileChooser> {
    const choosing = this.#page.waitForEvent('filechooser');
    await this.addFilesButton.click();
    return choosing;
  }
}
