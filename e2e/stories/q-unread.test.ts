import { describe, test } from 'vitest';
import type { ClinicianPortal } from '../pages/clinician-portal.ts';
import type { PatientPortal } from '../pages/patient-portal.ts';
import { checkAccess } from '../support/axe.ts';
import { answerOf, invite, type OpenedCase, openCase } from '../support/clinic.ts';
import { expect } from '../support/expect.ts';
import { emailAbout, linkIn } from '../support/mail.ts';
import { chen, type Patient } from '../support/people.ts';
import { openTalk } from '../support/registering.ts';
import { tellStory } from '../support/story.ts';
import { passDaysOfInvitation, passDaysUnread } from '../support/time.ts';

const marta: Patient = {
  name: 'Marta Quiroga',
  email: 'marta.quiroga@example.com',
  mobile: '(415) 555-0189',
  password: 'seven quiet lanterns',
};
const quentin: Patient = {
  name: 'Quentin Abara',
  email: 'quentin.abara@example.com',
  mobile: '(415) 555-0190',
  password: 'seven quiet lanterns',
};
const words = 'Please come fasting on Thursday.';

describe('what nobody answers is brought back to mind', () => {
  const story = tellStory();
  let invited: OpenedCase;
  let talking: OpenedCase;
  let invitationId: string;
  let talkId: string;
  let doctor: ClinicianPortal;
  let patient: PatientPortal;

  test('three days after an invitation its patient is reminded, in her language', async () => {
    invited = await openCase(story.product, { owner: chen, patientName: marta.name });
    ({ id: invitationId } = await invite(invited, marta, { language: 'es' }));
    await expect
      .poll(() =>
        story.database.count('select count(*) from invitations where id = $1 and sent_at is not null', [
          invitationId,
        ]),
      )
      .toBe(1);
    await passDaysOfInvitation(story.database, invitationId, 3);
    const mail = await emailAbout(
      story.mailroom,
      marta.email,
      'Recordatorio: Harbor Street Clinic le invitó a una conversación segura',
    );
    expect(`${mail.html}${mail.text}`).not.toMatch(/Marta|Quiroga|Knee|Chen/);
    patient = await story.patient('Marta', { width: 375, language: 'es-US' });
    await patient.openLink(linkIn(mail));
    await expect(patient.button(patient.words.continue)).toBeVisible();
    await expect(patient.page.getByText('No soy esta persona')).toBeVisible();
    await checkAccess(patient.page);
  });

  test('her doctor sees when the reminder went and when the next one goes', async () => {
    doctor = await story.clinician('doctor');
    await doctor.signIn(chen);
    await doctor.goToTalk(invited.id);
    await expect(doctor.shown(/^Reminder sent on .+ The next reminder goes by itself on /)).toBeVisible();
    await checkAccess(doctor.page);
  });

  test('a message that is not read for three days comes back to its sender', async () => {
    talking = await openCase(story.product, { owner: chen, patientName: quentin.name });
    ({ talkId } = await openTalk(story.product, story.mailroom, talking, quentin, 'Welcome.'));
    await answerOf(talking.client.sendMessage({ params: { talkId }, body: { text: words } }));
    await passDaysUnread(story.database, talkId, 3);
    await doctor.viewCases();
    const tasks = doctor.page.getByRole('region', { name: /to follow up$/ });
    await expect(tasks.getByText(`${quentin.name} has not read your message`)).toBeVisible({
      timeout: 40_000,
    });
    await checkAccess(doctor.page);
    const mail = await emailAbout(story.mailroom, chen.email, 'A message of yours has not been read');
    expect(`${mail.html}${mail.text}`).not.toMatch(/Quentin|Abara|fasting|Knee/);
  });

  test('it goes by itself when the patient reads', async () => {
    const reader = await story.patient('Quentin', { width: 375 });
    await reader.signIn(quentin);
    await reader.openInbox();
    await reader.openConversation(chen.name);
    await expect(reader.shown(words)).toBeVisible();
    await expect(doctor.shown(`${quentin.name} has not read your message`)).toHaveCount(0);
    await checkAccess(doctor.page);
    // He puts his phone away: what comes next is not read as it arrives.
    await reader.page.close();
  });

  test('or when the doctor marks it as done', async () => {
    await answerOf(
      talking.client.sendMessage({ params: { talkId }, body: { text: 'Did Thursday suit you?' } }),
    );
    await passDaysUnread(story.database, talkId, 3);
    const task = doctor.shown(`${quentin.name} has not read your message`);
    await expect(task).toBeVisible({ timeout: 40_000 });
    await doctor.page.getByRole('button', { name: `Mark as done: ${quentin.name}` }).click();
    await expect(task).toHaveCount(0);
    await checkAccess(doctor.page);
  });

  test('the patient chooses a text message and quiet hours, and finds them again', async () => {
    const reader = await story.patient('Quentin in the evening', { width: 375 });
    await reader.signIn(quentin);
    await reader.page.goto('/account');
    await reader.page.getByRole('radio', { name: 'By text message' }).check();
    await reader.page.getByRole('checkbox', { name: 'Keep quiet at certain hours' }).check();
    await reader.page.getByLabel('From', { exact: true }).fill('22:00');
    await reader.page.getByLabel('Until', { exact: true }).fill('06:30');
    await reader.page.getByRole('combobox', { name: 'Time zone' }).selectOption('America/Los_Angeles');
    await checkAccess(reader.page);
    await reader.button('Save choices').click();
    await expect(reader.shown('Your choices are saved')).toBeVisible();
    await checkAccess(reader.page);
    await reader.page.reload();
    await expect(reader.page.getByRole('radio', { name: 'By text message' })).toBeChecked();
    await expect(reader.page.getByLabel('From', { exact: true })).toHaveValue('22:00');
  });

  test('the doctor can choose to hear nothing by email, and is offered no texts', async () => {
    await doctor.page.goto('/account');
    await expect(doctor.page.getByRole('radio', { name: 'By text message' })).toHaveCount(0);
    await doctor.page.getByRole('radio', { name: 'Not at all' }).check();
    await doctor.page.getByRole('button', { name: 'Save choices' }).click();
    await expect(doctor.shown('Your choices are saved')).toBeVisible();
    await checkAccess(doctor.page);
    // The other stories' doctor hears as before.
    await doctor.page.getByRole('radio', { name: 'By email' }).check();
    await doctor.page.getByRole('button', { name: 'Save choices' }).click();
    await expect(doctor.shown('Your choices are saved')).toBeVisible();
  });
});
