import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dropDatabase, testServer } from '@casetalk/local-stack';
import { MailroomClient } from '@casetalk/mailroom/client';
import { afterAll, describe, test } from 'vitest';
import { answerOf, openCase, signedIn } from '../support/clinic.ts';
import { saved } from '../support/downloads.ts';
import { expect } from '../support/expect.ts';
import { tellJourney } from '../support/journey.ts';
import { runCommand } from '../support/operator-command.ts';
import { chen, noor, type Patient } from '../support/people.ts';
import { bitmap, note } from '../support/pictures.ts';
import { type Product, startProduct } from '../support/product.ts';
import { openTalk } from '../support/registering.ts';
import { backUp, drillLine, keepElsewhere, type Restored, restore } from '../support/restore-drill.ts';
import { tellStory } from '../support/story.ts';

const nadia: Patient = {
  name: 'Nadia Brook',
  email: 'nadia.brook@example.com',
  mobile: '(415) 555-0187',
  password: 'seven quiet lanterns',
};
const question = 'Dear Nadia, how is the knee after the first week?';
const answer = 'Better. Here is a picture, and what I wrote down.';
const tooLate = 'One thing more: it clicks.';
const picture = bitmap('knee-after-a-week.bmp');
const diary = note('first-week.txt', 'Monday: stairs hurt. Sunday: they do not.');

const closing: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closing.toReversed()) await close();
});

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'casetalk-drill-'));
  closing.push(() => rm(made, { recursive: true, force: true }));
  return made;
}

/** Nadia is invited, registers and answers with two files, of which her doctor shares the picture. */
async function makeJourney(product: Product): Promise<{ readonly goOn: () => Promise<unknown> }> {
  const opened = await openCase(product, { owner: chen, members: [noor], patientName: nadia.name });
  const { talkId } = await openTalk(
    product,
    new MailroomClient(product.mailroomUrl),
    opened,
    nadia,
    question,
  );
  const patient = await signedIn(product, 'patient', nadia.email, nadia.password);
  const params = { talkId };
  const attachmentIds: string[] = [];
  for (const { name, mimeType, buffer } of [picture, diary]) {
    const file = new File([new Uint8Array(buffer)], name, { type: mimeType });
    attachmentIds.push((await answerOf(patient.upload('uploadTalkFile', { params }, file))).id);
  }
  await answerOf(patient.sendMessage({ params, body: { text: answer, attachmentIds } }));
  const [attachmentId = ''] = attachmentIds;
  await answerOf(opened.client.shareAttachment({ params: { attachmentId } }));
  return {
    goOn: () => answerOf(patient.sendMessage({ params, body: { text: tooLate, attachmentIds: [] } })),
  };
}

let restored: Restored;
const times = { point: NaN, lost: NaN, begun: NaN };

/** What stands again after a product was lost with its database, its files and its keys. */
async function restoredProduct(): Promise<Product> {
  const server = testServer();
  const lost = await startProduct({ database: server });
  closing.push(lost.stack.stop);
  const journey = await makeJourney(lost.product);
  const escrow = await keepElsewhere(lost.stack, await folder());
  const backup = await backUp(escrow, join(await folder(), 'backup'));
  if (backup.code !== 0) throw new Error(`There is no backup: ${backup.output}`);
  await journey.goOn();
  times.point = backup.point;
  times.lost = Date.now();
  // Its database and its folder go with it.
  await lost.stack.stop();

  times.begun = Date.now();
  const place = await folder();
  const databaseName = `restored_${randomBytes(4).toString('hex')}`;
  closing.push(() => dropDatabase(server.adminUrl, databaseName));
  const from = { folder: backup.folder, keysFile: escrow.keysFile };
  restored = await restore(server.adminUrl, from, { databaseName, place });
  if (restored.code !== 0) throw new Error(`Nothing was restored: ${restored.output}`);
  const { stack, product } = await startProduct({
    database: { urls: restored.urls },
    dataDir: place,
    // Whoever is there came out of the backup.
    demo: false,
  });
  closing.push(stack.stop);
  return product;
}

describe('a product that was lost is restored from its backup', () => {
  const story = tellStory(restoredProduct);

  test('a patient of before signs in and finds her talk, as it was when it was backed up', async () => {
    const patient = await story.patient('patient of before');
    await patient.signIn(nadia);
    await patient.openInbox();
    await patient.openConversation(chen.name);
    await expect(patient.talk.message(question)).toBeVisible();
    await expect(patient.talk.message(answer)).toBeVisible();
    console.log(
      drillLine({
        point: (times.lost - times.point) / 1000,
        recovery: (Date.now() - times.begun) / 1000,
        restoring: restored.seconds,
      }),
    );
    await expect(patient.talk.message(tooLate)).toHaveCount(0);
    for (const { name, buffer } of [picture, diary]) {
      const { bytes } = await saved(patient.page, patient.talk.downloadOf(name));
      expect(bytes.equals(buffer)).toBe(true);
    }
  });

  test('her doctor finds the same, and what she had shared', async () => {
    const doctor = await story.clinician('doctor of before');
    await doctor.signIn(chen);
    await doctor.viewCase(nadia.name);
    await doctor.openTab('Patient Talk');
    await expect(doctor.talk.message(answer)).toBeVisible();
    await expect(doctor.sharedNotice).toBeVisible();
    await expect(doctor.shareButton(picture.name)).toBeHidden();
    await expect(doctor.shareButton(diary.name)).toBeVisible();
    const { bytes } = await saved(doctor.page, doctor.talk.downloadOf(diary.name));
    expect(bytes.equals(diary.buffer)).toBe(true);
  });

  test('a nurse of the case opens the shared file, and sees no other', async () => {
    const nurse = await story.clinician('nurse of before');
    await nurse.signIn(noor);
    await nurse.viewCase(nadia.name);
    await nurse.openTab('Attachments');
    await expect(nurse.attachment(picture.name)).toContainText(`From the patient, shared by ${chen.name}`);
    await expect(nurse.page.getByText(diary.name)).toHaveCount(0);
    await nurse.page.getByRole('button', { name: `View ${picture.name}` }).click();
    await expect(nurse.page.getByRole('dialog').getByRole('img', { name: picture.name })).toBeVisible();
  });

  describe('and a doctor invites her next patient there, they talk, and she shares one file', () => {
    tellJourney(story);
  });

  test('the audit holds from before the loss until now', async () => {
    const { code, output } = await runCommand('audit-verify', [], restored.environment);
    expect(output).toMatch(/^Checked [1-9]\d* rows in [1-9]/);
    expect(output).toContain('Nothing was tampered with.');
    expect(code).toBe(0);
  });

  test('every file is there, to the byte', async () => {
    const { code, output } = await runCommand('files-verify', ['--deep'], restored.environment);
    expect(output).toContain('Every byte is what came.');
    expect(code).toBe(0);
  });
});
