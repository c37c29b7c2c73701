import { describe, test } from 'vitest';
import type { PatientPortal } from '../pages/patient-portal.ts';
import { checkAccess } from '../support/axe.ts';
import { openCase } from '../support/clinic.ts';
import { expect } from '../support/expect.ts';
import { codeIn, linkIn } from '../support/mail.ts';
import { chen, e164, type Patient } from '../support/people.ts';
import { openTalk } from '../support/registering.ts';
import { tellStory } from '../support/story.ts';
import { passFreshness } from '../support/time.ts';
import { giveFingerprint } from '../support/virtual-authenticator.ts';

const iris: Patient = {
  name: 'Iris Novak',
  email: 'iris.novak@example.com',
  mobile: '(415) 555-0167',
  password: 'seven quiet lanterns',
};
const newMobile = '(415) 555-0168';
const newEmail = 'iris.novak.new@example.com';

describe('a patient is asked for more on a new device, and before phone or email change', () => {
  const story = tellStory();
  let tablet: PatientPortal;

  /** The code of the next text to a number, once it was asked for. */
  async function textTo(mobile: string, ask: () => Promise<void>): Promise<string> {
    const to = e164(mobile);
    const [before] = await story.mailroom.texts({ to });
    await ask();
    return codeIn(await story.mailroom.nextText({ to, ...(before && { after: before.id }) }));
  }

  test('on a new device a code on her phone follows the password', async () => {
    const opened = await openCase(story.product, { owner: chen, patientName: iris.name });
    await openTalk(story.product, story.mailroom, opened, iris);
    tablet = await story.patient('tablet', { width: 375 });
    await tablet.page.goto('/');
    await tablet.signInHere(iris);
    await expect(tablet.heading('How should we send your code?')).toBeVisible();
    await expect(tablet.shown(/^You have not signed in on this device before\./)).toBeVisible();
    await checkAccess(tablet.page);
    const code = await textTo(iris.mobile, () => tablet.chooseMethod('Text message to ••• ••67'));
    await checkAccess(tablet.page);
    await tablet.page.reload();
    await expect(tablet.heading('Check your phone')).toBeVisible();
    await tablet.enterCode('000 000');
    await expect(tablet.problem('Enter a correct security code')).toBeVisible();
    await checkAccess(tablet.page);
    await tablet.enterCode(code);
    await tablet.openInbox();
    await expect(tablet.conversation(chen.name)).toBeVisible();
  });

  test('on a device that is known she is not asked again', async () => {
    await tablet.button('Sign out').click();
    await tablet.signInHere(iris);
    await expect(tablet.inboxLink).toBeVisible();
  });

  test('whoever gives up at the code starts again at the password', async () => {
    const borrowed = await story.patient('borrowed', { theme: 'dark' });
    await borrowed.page.goto('/');
    await borrowed.signInHere(iris);
    await borrowed.button('Start again with another account').click();
    await expect(borrowed.heading('Sign in to your Secure Inbox')).toBeVisible();
    await borrowed.page.reload();
    await expect(borrowed.heading('Sign in to your Secure Inbox')).toBeVisible();
  });

  test('before her phone number changes, she proves the old one and the new one', async () => {
    await passFreshness(story.database, iris.email);
    await tablet.page.goto('/account');
    await expect(tablet.shown('Number ending in 67')).toBeVisible();
    await checkAccess(tablet.page);
    await tablet.page.getByRole('link', { name: 'Change phone number' }).click();
    await expect(tablet.heading('What is your new phone number?')).toBeVisible();
    await checkAccess(tablet.page);
    await tablet.page.getByRole('textbox', { name: 'Phone number' }).fill(newMobile);
    await tablet.page.getByRole('radio', { name: 'Mobile phone' }).check();
    await tablet.button('Continue').click();

    const question = tablet.page.getByRole('dialog', { name: 'Is it still you?' });
    await question.getByLabel('Your password', { exact: true }).fill(iris.password);
    await checkAccess(tablet.page);
    await question.getByRole('button', { name: 'Continue' }).click();
    await expect(question.getByRole('radio', { name: 'Text message to ••• ••67' })).toBeChecked();
    await checkAccess(tablet.page);
    const old = await textTo(iris.mobile, async () => {
      await question.getByRole('button', { name: 'Continue' }).click();
      await expect(question.getByRole('textbox', { name: 'Security code' })).toBeVisible();
    });
    await checkAccess(tablet.page);
    await question.getByRole('textbox', { name: 'Security code' }).fill(old);
    await question.getByRole('button', { name: 'Continue' }).click();

    await expect(tablet.heading('How should we send your code?')).toBeVisible();
    const fresh = await textTo(newMobile, () => tablet.chooseMethod('Text message to ••• ••68'));
    await tablet.enterCode(fresh);
    await expect(tablet.heading('Your phone number is changed')).toBeVisible();
    await checkAccess(tablet.page);
    await tablet.page.getByRole('link', { name: 'Back to your account' }).click();
    await expect(tablet.shown('Number ending in 68')).toBeVisible();
  });

  test('a new email address counts once the link that was sent there is pressed', async () => {
    await tablet.page.getByRole('link', { name: 'Change email' }).click();
    await expect(tablet.heading('What is your new email address?')).toBeVisible();
    await checkAccess(tablet.page);
    await tablet.page.getByRole('textbox', { name: 'New email address' }).fill(newEmail);
    await tablet.button('Continue').click();
    await expect(tablet.heading('Check your email')).toBeVisible();
    await checkAccess(tablet.page);
    const link = linkIn(await story.mailroom.nextEmail({ to: newEmail }));
    await tablet.openLink(link);
    await expect(tablet.heading('Use this email address?')).toBeVisible();
    await checkAccess(tablet.page);
    await tablet.button('Yes, use this address').click();
    await expect(tablet.heading('Your email address is changed')).toBeVisible();
    await checkAccess(tablet.page);
  });

  test('with a passkey a new sign-in needs no code', async () => {
    await giveFingerprint(tablet.page);
    await tablet.page.goto('/account');
    await tablet.button('Add a passkey').click();
    await expect(tablet.page.getByRole('textbox', { name: 'Name' })).toBeVisible();
    await tablet.button('Add passkey').click();
    await expect(tablet.shown(/^The passkey “.+” is added\.$/)).toBeVisible();
    await checkAccess(tablet.page);
    await tablet.page.context().clearCookies();
    await tablet.page.goto('/');
    await tablet.signInHere({ email: newEmail, password: iris.password });
    await expect(tablet.heading('Use a passkey')).toBeVisible();
    await checkAccess(tablet.page);
    await tablet.button('Use a passkey').click();
    await expect(tablet.inboxLink).toBeVisible();
  });
});
