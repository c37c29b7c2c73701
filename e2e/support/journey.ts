import { test } from 'vitest';
import type { ClinicianPortal } from '../pages/clinician-portal.ts';
import type { PatientPortal } from '../pages/patient-portal.ts';
import { checkAccess } from './axe.ts';
import { openCase } from './clinic.ts';
import { expect } from './expect.ts';
import { codeIn, linkIn } from './mail.ts';
import { chen, e164, noor, okafor, type Patient } from './people.ts';
import { bitmap, note } from './pictures.ts';
import type { Stage } from './stage.ts';

const maya: Patient = {
  name: 'Maya Lindqvist',
  email: 'maya.lindqvist@example.com',
  mobile: '(415) 555-0151',
  password: 'seven quiet lanterns',
};
const picture = bitmap('image3bmp.bmp');
const diary = note('pain-diary.txt', 'Monday: stairs hurt. Tuesday: better.');
const question = 'Dear Maya, please send me a picture of the swelling.';
const answer = 'Here is the picture, and what I wrote down.';

/**
 * The journey, as parts of the `describe` in which it is called: a doctor invites her patient, they talk, and she shares
 * one file. Every screen on the way is looked at by axe. The product is one with the demo's people, where nobody knows
 * Maya Lindqvist yet.
 */
export function tellJourney(story: Stage): void {
  let doctor: ClinicianPortal;
  let patient: PatientPortal;
  let link: string;

  test('the doctor finds the case under View Cases and its Patient Talk empty', async () => {
    await openCase(story.product, { owner: chen, members: [noor, okafor], patientName: maya.name });
    doctor = await story.clinician('doctor');
    await doctor.page.goto('/');
    await expect(doctor.heading('Sign in')).toBeVisible();
    await checkAccess(doctor.page);
    await doctor.signIn(chen);
    await doctor.viewCases();
    await checkAccess(doctor.page);
    await doctor.viewCase(maya.name);
    await checkAccess(doctor.page);
    await doctor.openTab('Patient Talk');
    await expect(doctor.notInvited).toBeVisible();
    await expect(doctor.inviteButton).toBeVisible();
    await expect(doctor.clickHere).toBeVisible();
    await checkAccess(doctor.page);
  });

  test('both ways to invite open the same form', async () => {
    await doctor.inviteButton.click();
    await expect(doctor.inviteDialog).toBeVisible();
    await doctor.page.keyboard.press('Escape');
    await expect(doctor.inviteDialog).toBeHidden();
    await doctor.clickHere.click();
    await expect(doctor.inviteDialog).toBeVisible();
    await checkAccess(doctor.page);
  });

  test('a mistyped address is caught, and nothing typed is lost', async () => {
    await doctor.fillInvite({ email: maya.email, mobile: maya.mobile, firstMessage: question });
    const again = doctor.inviteDialog.getByRole('textbox', { name: 'Email address again' });
    await again.fill('maya.lindquist@example.com');
    await doctor.inviteDialog.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(doctor.inviteDialog.getByRole('alert')).toContainText('The email addresses do not match');
    await checkAccess(doctor.page);
    await again.fill(maya.email);
  });

  test('the invitation goes out by email, and the doctor sees it arrive', async () => {
    await doctor.sendInvite(maya.email);
    await checkAccess(doctor.page);
    await doctor.closeInvite();
    await expect(doctor.step('Delivered')).toBeVisible();
    await expect(doctor.inviteButton).toBeHidden();
    await checkAccess(doctor.page);
    const email = await story.mailroom.nextEmail({ to: maya.email });
    const words = `${email.subject} ${email.text} ${email.html}`;
    expect(email.subject).toContain('Harbor Street Clinic');
    expect(words).not.toMatch(/Maya|Lindqvist|Knee|swelling/i);
    link = linkIn(email);
  });

  test('the patient opens the link and chooses a text message', async () => {
    patient = await story.patient('patient', { theme: 'dark' });
    await patient.openLink(link);
    await expect(patient.heading('Harbor Street Clinic invites you to a secure conversation')).toBeVisible();
    await checkAccess(patient.page);
    await patient.begin();
    await checkAccess(patient.page);
    await patient.chooseMethod(patient.words.text('51'));
    await expect(patient.button('Re-send Code')).toBeVisible();
    await expect(patient.button('Change Delivery Method')).toBeVisible();
    await checkAccess(patient.page);
  });

  test('she enters the secret code and accepts the terms of use', async () => {
    const code = codeIn(await story.mailroom.nextText({ to: e164(maya.mobile) }));
    await patient.enterCode(`${code.slice(0, 3)} ${code.slice(3)}`);
    await expect(patient.heading('Terms of Use')).toBeVisible();
    await checkAccess(patient.page);
    await patient.acceptTerms();
    await expect(doctor.step('Terms accepted')).toBeVisible();
  });

  test('each requirement of the password turns from red to green', async () => {
    await expect(patient.requirements('notMet')).toHaveCount(5);
    await checkAccess(patient.page);
    await patient.newPassword.fill('aaaaaaaaaaaaaaa');
    await expect(patient.requirements('met').filter({ hasText: '15 characters or more' })).toBeVisible();
    await expect(patient.requirements('notMet').filter({ hasText: 'characters repeated' })).toBeVisible();
    await patient.newPassword.fill(maya.password);
    await expect(patient.requirements('met')).toHaveCount(4);
    await expect(patient.requirements('notMet').filter({ hasText: 'Both entries' })).toBeVisible();
    await checkAccess(patient.page);
    await patient.passwordAgain.fill(maya.password);
    await expect(patient.requirements('met')).toHaveCount(5);
    await expect(patient.requirements('notMet')).toHaveCount(0);
    await patient.button('Continue').click();
    await expect(patient.heading('Your account is ready')).toBeVisible();
    await checkAccess(patient.page);
    await expect(doctor.step('Registered')).toBeVisible();
  });

  test('she signs in, opens the Secure Inbox and reads the message', async () => {
    await patient.page.getByRole('link', { name: 'Sign In' }).click();
    await expect(patient.page.getByRole('textbox', { name: 'Email' })).toHaveValue(maya.email);
    await checkAccess(patient.page);
    await patient.signInHere(maya);
    await patient.openInbox();
    await expect(patient.conversation(chen.name)).toContainText(question);
    await checkAccess(patient.page);
    await patient.openConversation(chen.name);
    await expect(patient.talk.message(question)).toBeVisible();
    await checkAccess(patient.page);
    await expect(doctor.shown(`${maya.name} has joined`)).toBeHidden();
  });

  test('she replies with a picture and a second file', async () => {
    await patient.talk.write(answer);
    await patient.talk.addFiles([picture, diary]);
    await checkAccess(patient.page);
    await patient.talk.send();
    await expect(patient.talk.file(picture.name)).toBeVisible();
    await expect(patient.talk.message(answer)).toBeVisible();
    await checkAccess(patient.page);
  });

  test('the doctor sees the reply without a reload, and shares one of the two files', async () => {
    await expect(doctor.talk.message(answer)).toBeVisible();
    await expect(doctor.shareButton(picture.name)).toBeVisible();
    await expect(doctor.shareButton(diary.name)).toBeVisible();
    await checkAccess(doctor.page);
    await doctor.shareButton(picture.name).click();
    await expect(doctor.sharedNotice).toBeVisible();
    await expect(doctor.shareButton(picture.name)).toBeHidden();
    await expect(doctor.shareButton(diary.name)).toBeVisible();
    await checkAccess(doctor.page);
  });

  test('after a reload that button is still gone and the other still there', async () => {
    await doctor.page.reload();
    await expect(doctor.talk.message(answer)).toBeVisible();
    await expect(doctor.shareButton(diary.name)).toBeVisible();
    await expect(doctor.shareButton(picture.name)).toBeHidden();
  });

  test('the patient sees which of her files was shared', async () => {
    await expect(patient.talk.log.getByText(/^Shared with everyone on the case, /)).toHaveCount(1);
    await checkAccess(patient.page);
  });

  test('a nurse of the case sees exactly that file, and nothing of the talk', async () => {
    const nurse = await story.clinician('nurse', { theme: 'dark' });
    await nurse.signIn(noor);
    await nurse.viewCase(maya.name);
    await nurse.openTab('Attachments');
    await expect(nurse.attachment(picture.name)).toBeVisible();
    await expect(nurse.attachment(picture.name)).toContainText(`From the patient, shared by ${chen.name}`);
    await expect(nurse.page.getByText(diary.name)).toHaveCount(0);
    await checkAccess(nurse.page);
    await nurse.page.getByRole('button', { name: `View ${picture.name}` }).click();
    await expect(nurse.page.getByRole('dialog').getByRole('img', { name: picture.name })).toBeVisible();
    await checkAccess(nurse.page);
    await nurse.page.keyboard.press('Escape');
    await nurse.openTab('Patient Talk');
    await expect(nurse.notInvited).toBeVisible();
    await expect(nurse.page.getByText(answer)).toHaveCount(0);
    await expect(nurse.page.getByText(question)).toHaveCount(0);
    await checkAccess(nurse.page);
  });
}
