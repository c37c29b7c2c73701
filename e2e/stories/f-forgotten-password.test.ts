import { describe, test } from 'vitest';
import type { PatientPortal } from '../pages/patient-portal.ts';
import { checkAccess } from '../support/axe.ts';
import { openCase } from '../support/clinic.ts';
import { expect } from '../support/expect.ts';
import { codeIn, linkIn } from '../support/mail.ts';
import { chen, e164, type Patient } from '../support/people.ts';
import { openTalk } from '../support/registering.ts';
import { tellStory } from '../support/story.ts';

const emil: Patient = {
  name: 'Emil Andersen',
  email: 'emil.andersen@example.com',
  mobile: '(415) 555-0164',
  password: 'seven quiet lanterns',
};
const newPassword = 'nine early ferries';

describe('a patient who forgot the password sets a new one by link and phone code', () => {
  const story = tellStory();
  let patient: PatientPortal;
  let elsewhere: PatientPortal;
  let link: string;

  test('he is signed in on another device', async () => {
    const opened = await openCase(story.product, { owner: chen, patientName: emil.name });
    await openTalk(story.product, story.mailroom, opened, emil);
    elsewhere = await story.patient('another device', { width: 375 });
    await elsewhere.signIn(emil);
    await elsewhere.openInbox();
    await expect(elsewhere.conversation(chen.name)).toBeVisible();
  });

  test('a wrong password says no more than that it is wrong', async () => {
    patient = await story.patient('patient', { theme: 'dark' });
    await patient.page.goto('/');
    await patient.signInHere({ email: emil.email, password: 'not the right words' });
    await expect(patient.problem('The email or password is incorrect')).toBeVisible();
    await checkAccess(patient.page);
    await patient.signInHere({ email: 'nobody.at.all@example.com', password: 'not the right words' });
    await expect(patient.problem('The email or password is incorrect')).toBeVisible();
  });

  test('he asks for a link', async () => {
    const [before] = await story.mailroom.emails({ to: emil.email });
    await patient.page.getByRole('link', { name: 'I forgot my password' }).click();
    await expect(patient.heading('Forgotten password')).toBeVisible();
    await checkAccess(patient.page);
    await patient.page.getByRole('textbox', { name: 'Email' }).fill(emil.email);
    await patient.button('Email me a link').click();
    await expect(patient.heading('Check your email')).toBeVisible();
    await checkAccess(patient.page);
    link = linkIn(await story.mailroom.nextEmail({ to: emil.email, ...(before && { after: before.id }) }));
  });

  test('the link alone is not enough: a code goes to the number of his account', async () => {
    const [before] = await story.mailroom.texts({ to: e164(emil.mobile) });
    await patient.openLink(link);
    await expect(patient.heading('How should we send your code?')).toBeVisible();
    await checkAccess(patient.page);
    await patient.chooseMethod('Text message to ••• ••64');
    await checkAccess(patient.page);
    const text = await story.mailroom.nextText({
      to: e164(emil.mobile),
      ...(before && { after: before.id }),
    });
    await patient.enterCode(codeIn(text));
    await expect(patient.heading('Set a new password')).toBeVisible();
    await checkAccess(patient.page);
  });

  test('he sets a new password, and every device is signed out', async () => {
    await patient.newPassword.fill(newPassword);
    await patient.passwordAgain.fill(newPassword);
    await expect(patient.requirements('met')).toHaveCount(5);
    await patient.button('Save password').click();
    await expect(patient.heading('Your new password is set')).toBeVisible();
    await checkAccess(patient.page);
    await expect(elsewhere.heading('Sign in to your Secure Inbox')).toBeVisible();
    await checkAccess(elsewhere.page);
  });

  test('the new password opens the inbox, the old one and the used link open nothing', async () => {
    await patient.page.getByRole('link', { name: 'Sign In' }).click();
    await patient.signInHere({ email: emil.email, password: emil.password });
    await expect(patient.problem('The email or password is incorrect')).toBeVisible();
    await patient.signInHere({ email: emil.email, password: newPassword });
    await patient.proveDevice(emil);
    await patient.openInbox();
    await expect(patient.conversation(chen.name)).toBeVisible();
    await elsewhere.openLink(link);
    await expect(elsewhere.heading('This link cannot be used')).toBeVisible();
    await checkAccess(elsewhere.page);
  });
});
