import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { afterAll, describe, test } from 'vitest';
import type { PatientPortal } from '../pages/patient-portal.ts';
import { checkAccess } from '../support/axe.ts';
import { openCase, type OpenedCase } from '../support/clinic.ts';
import { expect } from '../support/expect.ts';
import { type LargeFile, largeArchive } from '../support/large-file.ts';
import { expectOnlyBrokenLines } from '../support/lost-answers.ts';
import { chen, type Patient } from '../support/people.ts';
import { openTalk } from '../support/registering.ts';
import { slowUplink } from '../support/slow-uplink.ts';
import { tellStory } from '../support/story.ts';

const ines: Patient = {
  name: 'Inés Portillo',
  email: 'ines.portillo@example.com',
  mobile: '(415) 555-0183',
  password: 'seven quiet lanterns',
};
/** Bytes: a series of pictures as a clinic hands it out. */
const size = 300_000_000;
/** Bytes a second that leave her device: enough time to lose the connection in. */
const uplink = 20_000_000;

describe('a large file arrives whole, whatever the connection does', () => {
  const story = tellStory();
  let opened: OpenedCase;
  let patient: PatientPortal;
  let file: LargeFile;
  /** Where each request with bytes began, in the order in which they left. */
  const offsets: number[] = [];

  afterAll(() => file.remove());

  const row = () => patient.talk.waiting(file.name);
  /** What the row says of the share that has arrived. */
  const percent = async (): Promise<number> => Number(/(\d+) %/.exec(await row().innerText())?.[1] ?? -1);
  /** Chooses the file; as a device that is far away would send it. */
  async function chooseFile(): Promise<void> {
    await slowUplink(patient.page, uplink);
    await patient.talk.chooseFile(file.path);
  }

  test('she begins to upload it, and sees how far it is', async () => {
    file = await largeArchive('knee-mri.zip', size);
    opened = await openCase(story.product, { owner: chen, patientName: ines.name });
    await openTalk(story.product, story.mailroom, opened, ines);
    patient = await story.patient('patient', { width: 375 });
    patient.page.on('request', (request) => {
      if (request.method() === 'PATCH') offsets.push(Number(request.headers()['upload-offset']));
    });
    await patient.signIn(ines);
    await patient.openInbox();
    await patient.openConversation(chen.name);
    await chooseFile();
    await expect(row().getByText(/^Uploading, [1-9]\d %$/)).toBeVisible();
    await expect(row().getByRole('progressbar')).toBeVisible();
    await checkAccess(patient.page);
  });

  test('without a connection it waits, and says so', async () => {
    await patient.page.context().setOffline(true);
    await expect(
      row().getByText(/^Paused at \d+ %\. It goes on by itself when the connection is back$/),
    ).toBeVisible();
    await checkAccess(patient.page);
    expectOnlyBrokenLines(story);
  });

  test('with the connection it goes on by itself, where it was', async () => {
    const before = await percent();
    const sent = offsets.length;
    await patient.page.context().setOffline(false);
    await expect(row().getByText(/^(?:Uploading, \d+ %|Almost done)$/)).toBeVisible();
    await expect.poll(() => offsets.length).toBeGreaterThan(sent);
    const [again = 0] = offsets.slice(sent);
    // What had left and was not kept yet is sent again: at most one part.
    expect(again).toBeGreaterThan((before / 100) * size - 2 * 16 * 1024 * 1024);
    expect(again).toBeGreaterThan(0);
    expectOnlyBrokenLines(story);
  });

  test('after a reload the same file, chosen again, goes on where it was', async () => {
    const first = await percent();
    await patient.page.reload();
    await expect(patient.talk.composer).toBeVisible();
    await expect(row()).toBeHidden();
    const sent = offsets.length;
    await chooseFile();
    await expect.poll(() => offsets.length).toBeGreaterThan(sent);
    expect(offsets[sent]).toBeGreaterThan((first / 100) * size - 3 * 16 * 1024 * 1024);
    expect(offsets[sent]).toBeGreaterThan(0);
    await expect(row().getByText('Ready to send')).toBeVisible({ timeout: 90_000 });
    await checkAccess(patient.page);
    await patient.talk.send();
    await expect(patient.talk.downloadOf(file.name)).toBeVisible();
    // No byte that was kept has left twice.
    expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
    expectOnlyBrokenLines(story);
  });

  test('and the doctor gets what she sent, to the byte', async () => {
    const doctor = await story.clinician('doctor');
    await doctor.signIn(chen);
    await doctor.goToTalk(opened.id);
    await expect(doctor.talk.downloadOf(file.name)).toBeVisible();
    await checkAccess(doctor.page);
    const downloading = doctor.page.waitForEvent('download');
    await doctor.talk.downloadOf(file.name).click();
    const arrived = await (await downloading).path();
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(arrived)) hash.update(chunk as Buffer);
    expect(hash.digest('hex')).toBe(file.sha256);
  });
});
