import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MailroomClient } from '@casetalk/mailroom/client';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright';
import { ClinicianPortal } from '../pages/clinician-portal.ts';
import { PatientPortal } from '../pages/patient-portal.ts';
import { launchBrowser } from './browser.ts';
import { type Database, openDatabase } from './database.ts';
import type { Product } from './product.ts';
import { Complaints } from './watch.ts';

/** How a person's device looks at the product. */
export interface Device {
  readonly theme?: 'light' | 'dark';
  readonly width?: 375 | 1280;
  readonly language?: 'en-US' | 'es-US';
}

const failuresFolder = join(import.meta.dirname, '../test-results');
const heights = { 375: 812, 1280: 800 } as const;

const settingsOf = ({
  theme = 'light',
  width = 1280,
  language = 'en-US',
}: Device): BrowserContextOptions => ({
  colorScheme: theme,
  locale: language,
  viewport: { width, height: heights[width] },
  hasTouch: width === 375,
  // What moves is neither looked at by axe nor caught in a picture.
  reducedMotion: 'reduce',
});

/** The running product, a browser, and a device for each person of a story. */
export class Stage {
  readonly #complaints = new Complaints();
  readonly #devices = new Map<string, BrowserContext>();
  #browser: Browser | undefined;
  #product: Product | undefined;
  #database: Database | undefined;
  #mailroom: MailroomClient | undefined;
  /** The title of the first part that failed. */
  failedAt: string | undefined;

  get product(): Product {
    return onStage(this.#product);
  }

  get database(): Database {
    return onStage(this.#database);
  }

  get mailroom(): MailroomClient {
    return onStage(this.#mailroom);
  }

  async raise(product: Product): Promise<void> {
    this.#product = product;
    this.#database = openDatabase(product.ownerUrl);
    this.#mailroom = new MailroomClient(product.mailroomUrl);
    this.#browser = await launchBrowser();
  }

  async lower(): Promise<void> {
    for (const [who, context] of this.#devices) {
      if (this.failedAt !== undefined) {
        await context.tracing.stop({
          path: join(failuresFolder, `${fileName(`${this.failedAt} ${who}`)}.zip`),
        });
      }
      await context.close();
    }
    await this.#browser?.close();
    await this.#database?.close();
  }

  /** A clinician at a device of their own. */
  async clinician(who: string, device: Device = {}): Promise<ClinicianPortal> {
    return new ClinicianPortal(await this.#open(who, device, this.product.clinicianUrl), this);
  }

  /** A second tab of the same browser, signed in as the first is. */
  async anotherTab({ page }: ClinicianPortal): Promise<ClinicianPortal> {
    return new ClinicianPortal(await page.context().newPage(), this);
  }

  /** A patient at a device of their own. */
  async patient(who: string, device: Device = {}): Promise<PatientPortal> {
    const language = device.language === 'es-US' ? 'es' : 'en';
    return new PatientPortal(await this.#open(who, device, this.product.patientUrl), language, this);
  }

  /** What the pages complained of since the last time: nothing, in a good story. */
  complaints(): string[] {
    return this.#complaints.take();
  }

  /** Pictures of what everyone sees, for whoever has to find out why. */
  async picture(title: string): Promise<void> {
    await mkdir(failuresFolder, { recursive: true });
    for (const [who, context] of this.#devices) {
      for (const [index, page] of context.pages().entries()) {
        const path = join(failuresFolder, `${fileName(`${title} ${who} ${index + 1}`)}.png`);
        await page.screenshot({ path }).catch(() => undefined);
      }
    }
  }

  async #open(who: string, device: Device, baseURL: string): Promise<Page> {
    const context = await onStage(this.#browser).newContext({ ...settingsOf(device), baseURL });
    context.setDefaultTimeout(15_000);
    this.#complaints.watch(context);
    await context.tracing.start({ screenshots: false, snapshots: true });
    this.#devices.set(who, context);
    return context.newPage();
  }
}

const fileName = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

function onStage<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Error('The stage is not raised yet.');
  return thing;
}
