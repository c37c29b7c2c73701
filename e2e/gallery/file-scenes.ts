import { answerOf, openCase, signedIn } from '../support/clinic.ts';
import { letter, scan } from '../support/documents.ts';
import { expect } from '../support/expect.ts';
import { largeArchive } from '../support/large-file.ts';
import { chen, noor, okafor, type Patient } from '../support/people.ts';
import { bitmap, note, photograph } from '../support/pictures.ts';
import { openTalk } from '../support/registering.ts';
import { slowUplink } from '../support/slow-uplink.ts';
import type { Scene } from './scene.ts';

const emil: Patient = {
  name: 'Emil Sandoval',
  email: 'emil.sandoval@example.com',
  mobile: '(415) 555-0147',
  password: 'four patient herons',
};

const lucia: Patient = {
  name: 'Lucía Pardo',
  email: 'lucia.pardo@example.com',
  mobile: '(415) 555-0146',
  password: 'four patient herons',
};

const picture = photograph('wrist.png', 'at home');
const files = [
  letter('referral.pdf', [
    'Cedar Hill Specialists\n\nDear colleague,\nthank you for seeing Emil Sandoval.\nHis wrist hurts when he turns a key.',
    'The second page of the letter.',
  ]),
  scan('old-report.tiff', 3),
  bitmap('image3bmp.bmp'),
  picture,
  // A picture that was cut off on its way: it is taken, and cannot be shown.
  { ...picture, name: 'half-a-picture.png', buffer: picture.buffer.subarray(0, 600) },
  note('pain-diary.txt', 'Monday: turning keys hurts. Tuesday: better.'),
];

const everyKind: Scene = {
  name: 'files of every kind',
  async walk(stage, camera) {
    const opened = await openCase(stage.product, {
      owner: chen,
      members: [okafor, noor],
      patientName: emil.name,
    });
    const words = 'Dear Emil, please send me whatever you have of the wrist.';
    const { talkId } = await openTalk(stage.product, stage.mailroom, opened, emil, words);
    const patient = await signedIn(stage.product, 'patient', emil.email, emil.password);
    const attachmentIds: string[] = [];
    for (const { name, mimeType, buffer } of files) {
      const file = new File([new Uint8Array(buffer)], name, { type: mimeType });
      attachmentIds.push((await answerOf(patient.upload('uploadTalkFile', { params: { talkId } }, file))).id);
    }
    await expect
      .poll(async () => {
        const { data } = await answerOf(patient.listTalkUploads({ params: { talkId } }));
        return data.some(({ preview }) => preview === 'making');
      })
      .toBe(false);
    const text = 'These are all that I found.';
    await answerOf(patient.sendMessage({ params: { talkId }, body: { text, attachmentIds } }));

    const doctor = await stage.clinician('every-kind');
    await doctor.signIn(chen);
    await doctor.goToTalk(opened.id);
    await expect(doctor.shareButton('referral.pdf')).toBeVisible();
    await camera.shoot(doctor.page, 'clinician/files-every-kind');
    for (const name of ['referral.pdf', 'old-report.tiff', 'half-a-picture.png']) {
      await doctor.talk.file(name).click();
      await expect(doctor.page.getByRole('dialog')).toBeVisible();
      await camera.shoot(doctor.page, `clinician/viewer-${name.split('.')[0]}`);
      await doctor.page.keyboard.press('Escape');
    }
    for (const { name } of files) {
      await doctor.shareButton(name).click();
      await expect(doctor.page.getByRole('dialog').or(doctor.sharedNotice).first()).toBeVisible();
      if (name === 'half-a-picture.png') {
        await camera.shoot(doctor.page, 'clinician/share-damaged-picture');
        await doctor.page.keyboard.press('Escape');
      }
    }
    await doctor.openTab('Attachments');
    await expect(doctor.attachment('referral.pdf')).toBeVisible();
    await camera.shoot(doctor.page, 'clinician/attachments-every-kind');
    await doctor.page
      .getByRole('radio', { name: 'Grid' })
      .or(doctor.page.getByText('Grid', { exact: true }))
      .first()
      .click();
    await camera.shoot(doctor.page, 'clinician/attachments-grid-every-kind');

    const reader = await stage.patient('every-kind');
    await reader.signIn(emil);
    await reader.openConversation(chen.name);
    await expect(reader.talk.file('referral.pdf')).toBeVisible();
    await camera.shoot(reader.page, 'patient/files-every-kind');
    await reader.talk.file('referral.pdf').click();
    await expect(reader.page.getByRole('dialog').getByRole('img')).toBeVisible();
    await camera.shoot(reader.page, 'patient/viewer-referral');
  },
};

const unfinished: Scene = {
  name: 'an upload that is under way, and that was cut off',
  async walk(stage, camera) {
    const opened = await openCase(stage.product, { owner: chen, patientName: lucia.name });
    const words = 'Dear Lucía, the knee looked better. Please send me the series from the hospital.';
    await openTalk(stage.product, stage.mailroom, opened, lucia, words);
    const file = await largeArchive('knee-mri.zip', 120_000_000);
    try {
      const patient = await stage.patient('unfinished');
      await patient.signIn(lucia);
      await patient.openConversation(chen.name);
      const doctor = await stage.clinician('unfinished');
      await doctor.signIn(chen);
      await doctor.page.goto(`/cases/${opened.id}/attachments`);
      const sides = [
        { page: patient.page, button: patient.talk.addFilesButton, name: 'patient/upload' },
        {
          page: doctor.page,
          button: doctor.page.getByRole('button', { name: 'Upload files' }),
          name: 'clinician/upload',
        },
      ];
      for (const { page, button, name } of sides) {
        await slowUplink(page, 4_000_000);
        const choosing = page.waitForEvent('filechooser');
        await button.click();
        await (await choosing).setFiles(file.path);
        // One part is kept, and the next one has begun.
        await page.waitForRequest((request) => Number(request.headers()['upload-offset']) > 0);
        await camera.shoot(page, `${name}-under-way`);
        await page.reload();
        const discard = page.getByRole('button', { name: `Discard the upload of ${file.name}` });
        await expect(discard).toBeVisible();
        await camera.shoot(page, `${name}-unfinished`);
        await discard.click();
        await expect(page.getByRole('dialog')).toBeVisible();
        await camera.shoot(page, `${name}-discard`);
        await page.getByRole('dialog').getByRole('button', { name: 'Discard', exact: true }).click();
        await expect(discard).toBeHidden();
      }
    } finally {
      await file.remove();
    }
  },
};

export const fileScenes: readonly Scene[] = [everyKind, unfinished];
