import type { Page } from 'playwright';
import { afterAll, describe, test } from 'vitest';
import type { ClinicianPortal } from '../pages/clinician-portal.ts';
import { PatientPortal } from '../pages/patient-portal.ts';
import { TalkPane } from '../pages/talk-pane.ts';
import { clinicianTalkWords } from '../pages/words.ts';
import { checkAccess } from '../support/axe.ts';
import { openCase, type OpenedCase } from '../support/clinic.ts';
import { expect } from '../support/expect.ts';
import { type LargeFile, largeArchive } from '../support/large-file.ts';
import { expectOnlyBrokenLines } from '../support/lost-answers.ts';
import { chen, type Patient } from '../support/people.ts';
import { openTalk } from '../support/registering.ts';
import { slowUplink } from '../support/slow-uplink.ts';
import { tellStory } from '../support/story.ts';

const alba: Patient = {
  name: 'Alba Quintero',
  email: 'alba.quintero@example.com',
  mobile: '(415) 555-0194',
  password: 'seven quiet lanterns',
};
/** Bytes. */
const size = 120_000_000;
const uplink = 12_000_000;
const part = 16 * 1024 * 1024;

/** Where each request with bytes began, in the order in which they left a page. */
function offsetsOf(page: Page): number[] {
  const offsets: number[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PATCH') offsets.push(Number(request.headers()['upload-offset']));
  });
  return offsets;
}

/** Everything that the page has put into the browser's storage. */
const stored = (page: Page): Promise<string> =>
  page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));

describe('an upload that a reload cut off is found again where it was to go', () => {
  const story = tellStory();
  let opened: OpenedCase;
  let patient: PatientPortal;
  let talkId: string;
  let file: LargeFile;
  let sameName: LargeFile;
  let offsets: number[];

  afterAll(() => Promise.all([file.remove(), sameName.remove()]));

  const unfinished = () => patient.talk.unfinished(file.name);
  /** Lets go in the middle, once something of the file is kept. */
  async function reloadHalfWay(): Promise<void> {
    const sent = offsets.length;
    await expect.poll(() => offsets.slice(sent).at(-1)).toBeGreaterThan(0);
    await patient.page.reload();
    await expect(patient.talk.composer).toBeVisible();
  }
  /** The megabytes that the row says have arrived. */
  const megabytes = async (): Promise<number> =>
    Number(/([\d.]+) MB of 120 MB/.exec(await unfinished().innerText())?.[1] ?? -1);

  test('while she uploads it, her other tab knows that it is under way', async () => {
    file = await largeArchive('knee-mri.zip', size);
    sameName = await largeArchive('knee-mri.zip', size);
    opened = await openCase(story.product, { owner: chen, patientName: alba.name });
    ({ talkId } = await openTalk(story.product, story.mailroom, opened, alba));
    patient = await story.patient('patient', { width: 375 });
    offsets = offsetsOf(patient.page);
    await patient.signIn(alba);
    await patient.openInbox();
    await patient.openConversation(chen.name);
    await slowUplink(patient.page, uplink);
    await patient.talk.chooseFile(file.path);
    await expect.poll(() => offsets.at(-1)).toBeGreaterThan(0);
    const other = new PatientPortal(await patient.page.context().newPage());
    await other.page.goto(patient.page.url());
    await expect(other.talk.unfinished(file.name)).toContainText('Being uploaded in another window');
    await expect(other.talk.unfinished(file.name).getByRole('button')).toHaveCount(0);
    await patient.page.reload();
    // The tab that was at work on it has let go: here it may be gone on with.
    await expect(other.talk.discardUpload(file.name)).toBeVisible();
    await other.page.close();
    expectOnlyBrokenLines(story);
  });

  test('after a reload she reads how far it is, and nothing of it stands in the browser', async () => {
    await expect(unfinished()).toContainText(/[\d.]+ MB of 120 MB/);
    await expect(unfinished()).toContainText('Choose the file again to continue');
    expect(await megabytes()).toBeGreaterThan(16);
    expect(await stored(patient.page)).not.toContain(file.name);
    const [row] = await story.database.rows<{ id: string }>(
      'select id from resumable_uploads where talk_id = $1',
      [talkId],
    );
    expect(await stored(patient.page)).not.toContain(row?.id);
    await checkAccess(patient.page);
  });

  test('another file of the same name and size is not put to it', async () => {
    await slowUplink(patient.page, uplink);
    const sent = offsets.length;
    await patient.talk.chooseAgain(file.name, sameName.path);
    await expect(patient.shown(/^This is another knee-mri\.zip: /)).toBeVisible();
    await expect.poll(() => offsets[sent]).toBe(0);
    await expect(unfinished()).toBeVisible();
    await checkAccess(patient.page);
    await patient.button(`Cancel upload of ${file.name}`).click();
    await expect(patient.talk.waiting(file.name)).toBeHidden();
    await expect(unfinished()).toBeVisible();
    expectOnlyBrokenLines(story);
  });

  test('the same file goes on where it was', async () => {
    const before = await megabytes();
    const sent = offsets.length;
    await patient.talk.chooseAgain(file.name, file.path);
    await expect(unfinished()).toBeHidden();
    await expect(patient.talk.waiting(file.name)).toBeFocused();
    await expect.poll(() => offsets.length).toBeGreaterThan(sent);
    expect(Math.abs((offsets[sent] ?? 0) - before * 1_000_000)).toBeLessThan(2 * part);
    expect(offsets[sent]).toBeGreaterThan(0);
    await expect(patient.talk.waiting(file.name).getByText('Ready to send')).toBeVisible({ timeout: 60_000 });
    await patient.talk.send();
    await expect(patient.talk.downloadOf(file.name)).toBeVisible();
    await expect(unfinished()).toBeHidden();
    const [sentFile] = await story.database.rows<{ sha256: string }>(
      `select encode(f.sha256, 'hex') as sha256 from attachments a join files f on f.id = a.file_id where a.talk_id = $1`,
      [talkId],
    );
    expect(sentFile?.sha256).toBe(file.sha256);
    expectOnlyBrokenLines(story);
  });

  test('what she gives up holds no room any more', async () => {
    await slowUplink(patient.page, uplink);
    await patient.talk.chooseFile(file.path);
    await reloadHalfWay();
    await patient.talk.discardUpload(file.name).click();
    const question = patient.page.getByRole('dialog', { name: `Discard the upload of ${file.name}?` });
    await checkAccess(patient.page);
    await question.getByRole('button', { name: 'Keep it' }).click();
    await expect(unfinished()).toBeVisible();
    await patient.talk.discardUpload(file.name).press('Enter');
    await question.getByRole('button', { name: 'Discard', exact: true }).click();
    await expect(unfinished()).toBeHidden();
    await expect(patient.talk.addFilesButton).toBeFocused();
    const held = `select count(*) from resumable_uploads where talk_id = $1 and finished_at is null`;
    expect(await story.database.count(held, [talkId])).toBe(0);
    await patient.page.reload();
    await expect(patient.talk.composer).toBeVisible();
    await expect(unfinished()).toBeHidden();
    expectOnlyBrokenLines(story);
  });

  test('a doctor finds hers in the case’s Attachments', async () => {
    const doctor: ClinicianPortal = await story.clinician('doctor');
    await doctor.signIn(chen);
    await doctor.page.goto(`/cases/${opened.id}/attachments`);
    offsets = offsetsOf(doctor.page);
    const upload = async (path: string, button: string) => {
      const choosing = doctor.page.waitForEvent('filechooser');
      await doctor.page.getByRole('button', { name: button }).click();
      await (await choosing).setFiles(path);
    };
    await slowUplink(doctor.page, uplink);
    await upload(file.path, 'Upload files');
    await expect.poll(() => offsets.at(-1)).toBeGreaterThan(0);
    await doctor.page.reload();
    const left = new TalkPane(doctor.page, clinicianTalkWords).unfinished(file.name);
    await expect(left).toContainText(/[\d.]+ MB of 120 MB/);
    await expect(left.getByRole('progressbar')).toBeVisible();
    await checkAccess(doctor.page);
    const sent = offsets.length;
    await upload(file.path, `Choose file to continue: ${file.name}`);
    await expect.poll(() => offsets.length).toBeGreaterThan(sent);
    expect(offsets[sent]).toBeGreaterThan(0);
    await expect(left).toBeHidden();
    await expect(doctor.attachment(file.name)).toBeVisible({ timeout: 60_000 });
    expectOnlyBrokenLines(story);
  });
});
