import { answerOf, openCase, signedIn } from '../support/clinic.ts';
import { letter, scan } from '../support/documents.ts';
import { expect } from '../support/expect.ts';
import { chen, noor, okafor, type Patient } from '../support/people.ts';
import { bitmap, note, photograph } from '../support/pictures.ts';
import { openTalk } from '../support/registering.ts';
import type { Scene } from './scene.ts';

const emil: Patient = {
  name: 'Emil Sandoval',
  email: 'emil.sandoval@example.com',
  mobile: '(415) 555-0147',
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

export const fileScenes: readonly Scene[] = [everyKind];
