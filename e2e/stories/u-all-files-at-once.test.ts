import { describe, test } from 'vitest';
import type { ClinicianPortal } from '../pages/clinician-portal.ts';
import type { PatientPortal } from '../pages/patient-portal.ts';
import { checkAccess } from '../support/axe.ts';
import { openCase } from '../support/clinic.ts';
import { saved } from '../support/downloads.ts';
import { expect } from '../support/expect.ts';
import { chen, noor, okafor, type Patient } from '../support/people.ts';
import { note, photograph } from '../support/pictures.ts';
import { openTalk } from '../support/registering.ts';
import { tellStory } from '../support/story.ts';

const rosa: Patient = {
  name: 'Rosa Ibarra',
  email: 'rosa.ibarra@example.com',
  mobile: '(415) 555-0186',
  password: 'seven quiet lanterns',
};
const place = '37.7749 N 122.4194 W';
const picture = photograph('knee.png', place);
const diary = note('pain-diary.txt', 'Monday: stairs hurt. Tuesday: better.');

describe('files are shared without what they hide, and taken home all at once', () => {
  const story = tellStory();
  let doctor: ClinicianPortal;
  let patient: PatientPortal;
  let caseId: string;

  test('a patient sends a photograph that says where it was taken, and a note', async () => {
    const opened = await openCase(story.product, {
      owner: chen,
      members: [noor, okafor],
      patientName: rosa.name,
    });
    caseId = opened.id;
    await openTalk(story.product, story.mailroom, opened, rosa);
    await story.database.rows(`update patients set language = 'es' where email = $1 returning id`, [
      rosa.email,
    ]);
    patient = await story.patient('patient', { language: 'es-US', width: 375 });
    await patient.signIn(rosa);
    await patient.openInbox();
    await patient.openConversation(chen.name);
    await expect(patient.downloadAll(0)).toBeHidden();
    await patient.talk.addFiles([picture, diary]);
    await patient.talk.send();
    await expect(patient.downloadAll(2)).toBeVisible();
    await checkAccess(patient.page);
  });

  test('she takes both home in one zip, as she sent them', async () => {
    const { name, bytes } = await saved(patient.page, patient.downloadAll(2));
    expect(name).toMatch(/^Archivos de una conversación .*\.zip$/);
    for (const { name, buffer } of [picture, diary]) {
      expect(bytes.includes(Buffer.from(name))).toBe(true);
      expect(bytes.includes(buffer)).toBe(true);
    }
  });

  test('her doctor reads beside each file how it would be shared, and shares both', async () => {
    doctor = await story.clinician('doctor');
    await doctor.signIn(chen);
    await doctor.goToTalk(caseId);
    await expect(doctor.downloadAll(2)).toBeVisible();
    await expect(doctor.shown('It goes as sent, hidden details included')).toHaveCount(1);
    await checkAccess(doctor.page);
    for (const { name } of [picture, diary]) await doctor.shareButton(name).click();
    await expect(doctor.sharedNotice).toHaveCount(2);
  });

  test('a nurse of the case gets both at once, and nothing of the place', async () => {
    const nurse = await story.clinician('nurse', { theme: 'dark' });
    await nurse.signIn(noor);
    await nurse.page.goto(`/cases/${caseId}/attachments`);
    await expect(nurse.attachment(picture.name)).toContainText('Without place, time and device');
    await expect(nurse.attachment(diary.name)).not.toContainText('Without place, time and device');
    await checkAccess(nurse.page);
    const { name, bytes } = await saved(nurse.page, nurse.downloadAll(2));
    expect(name).toMatch(/^Attachments of a case .*\.zip$/);
    expect(bytes.includes(Buffer.from(picture.name))).toBe(true);
    expect(bytes.includes(diary.buffer)).toBe(true);
    expect(bytes.includes(Buffer.from(place))).toBe(false);
  });

  test('where nothing is left, nothing is offered', async () => {
    await doctor.page.goto(`/cases/${caseId}/attachments`);
    for (const { name } of [picture, diary]) {
      await doctor.page.getByRole('button', { name: `Stop sharing ${name}` }).click();
      await doctor.page
        .getByRole('dialog')
        .getByRole('button', { name: 'Stop sharing', exact: true })
        .click();
      await expect(doctor.attachment(name)).toBeHidden();
    }
    await expect(doctor.page.getByRole('button', { name: 'Download all' })).toBeDisabled();
    await doctor.goToTalk(caseId);
    await expect(doctor.downloadAll(2)).toBeVisible();
  });
});
