import { describe, test } from 'vitest';
import type { ClinicianPortal } from '../pages/clinician-portal.ts';
import type { PatientPortal } from '../pages/patient-portal.ts';
import { checkAccess } from '../support/axe.ts';
import { openCase } from '../support/clinic.ts';
import { expect } from '../support/expect.ts';
import { noor, okafor, type Patient } from '../support/people.ts';
import { bitmap } from '../support/pictures.ts';
import { openTalk } from '../support/registering.ts';
import { tellStory } from '../support/story.ts';

const felix: Patient = {
  name: 'Felix Oduya',
  email: 'felix.oduya@example.com',
  mobile: '(415) 555-0167',
  password: 'seven quiet lanterns',
};
const picture = bitmap('ankle.bmp');

describe('what one side does appears on the other without a reload', () => {
  const story = tellStory();
  let doctor: ClinicianPortal;
  let nurse: ClinicianPortal;
  let patient: PatientPortal;
  let loads = 0;

  test('doctor, nurse and patient look at the same case', async () => {
    const opened = await openCase(story.product, {
      owner: okafor,
      members: [noor],
      patientName: felix.name,
    });
    await openTalk(story.product, story.mailroom, opened, felix);
    doctor = await story.clinician('doctor', { theme: 'dark' });
    await doctor.signIn(okafor);
    await doctor.goToTalk(opened.id);
    nurse = await story.clinician('nurse');
    await nurse.signIn(noor);
    await nurse.viewCase(felix.name);
    await nurse.openTab('Attachments');
    await expect(nurse.shown('No attachments yet')).toBeVisible();
    await checkAccess(nurse.page);
    patient = await story.patient('patient');
    await patient.signIn(felix);
    await patient.openInbox();
    for (const { page } of [doctor, nurse, patient]) page.on('load', () => (loads += 1));
  });

  test('a message', async () => {
    await expect(patient.conversation(okafor.name)).toBeVisible();
    await doctor.talk.say('How is the ankle today?');
    await expect(patient.conversation(okafor.name)).toContainText('How is the ankle today?');
    await expect(patient.page).toHaveTitle(/^\(2\) Secure Inbox/);
    await checkAccess(patient.page);
  });

  test('a read mark', async () => {
    await expect(doctor.talk.log.getByText('Sent', { exact: true })).toBeVisible();
    await patient.openConversation(okafor.name);
    await expect(doctor.talk.readMark).toBeVisible();
    await expect(patient.page).toHaveTitle(/^Secure Inbox/);
    await checkAccess(doctor.page);
  });

  test('an answer with a file', async () => {
    await patient.talk.write('Less swollen.');
    await patient.talk.addFiles([picture]);
    await patient.talk.send();
    await expect(doctor.talk.message('Less swollen.')).toBeVisible();
    await expect(doctor.shareButton(picture.name)).toBeVisible();
    await expect(patient.talk.readMark).toBeVisible();
  });

  test('a share, for the nurse and for the patient', async () => {
    await doctor.shareButton(picture.name).click();
    await expect(nurse.attachment(picture.name)).toBeVisible();
    await expect(patient.talk.log.getByText(/^Shared with everyone on the case, /)).toBeVisible();
    await expect(nurse.tab('Attachments')).toContainText('1 file');
    await checkAccess(nurse.page);
  });

  test('a share that is taken back', async () => {
    await doctor.page.getByRole('button', { name: `Undo sharing ${picture.name}` }).click();
    await expect(doctor.shareButton(picture.name)).toBeVisible();
    await expect(nurse.shown('No attachments yet')).toBeVisible();
    await expect(patient.talk.log.getByText(/^Shared with everyone on the case, /)).toBeHidden();
  });

  test('nobody had to reload', () => {
    expect(loads).toBe(0);
  });

  test('what comes while a page opens is on it as well', async () => {
    const { page } = patient;
    const opening = Promise.withResolvers<void>();
    await page.route('**/v1/events', async (route) => {
      await opening.promise;
      await route.continue();
    });
    await page.reload();
    await expect(patient.talk.message('Less swollen.')).toBeVisible();
    await doctor.talk.say('Rest it until Friday.');
    await expect(doctor.talk.log.getByText('Sent', { exact: true })).toBeVisible();
    opening.resolve();
    await expect(patient.talk.message('Rest it until Friday.')).toBeVisible();
  });
});
