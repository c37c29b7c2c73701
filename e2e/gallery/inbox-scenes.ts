import { textedCode } from '../pages/code-sources.ts';
import { invite, openCase } from '../support/clinic.ts';
import { expect } from '../support/expect.ts';
import { linkIn } from '../support/mail.ts';
import { chen, demoPassword, lund, okafor, type Patient } from '../support/people.ts';
import { bitmap, note } from '../support/pictures.ts';
import { openTalk } from '../support/registering.ts';
import type { Scene } from './scene.ts';
import { endSoon, presentSession, whileApiIs } from './scene.ts';

const maya: Patient = {
  name: 'Maya Lindqvist',
  email: 'maya.lindqvist@example.com',
  mobile: '(415) 555-0151',
  password: 'seven quiet lanterns',
};
const walter = { email: 'walter.boone@example.com', password: demoPassword };

const inbox: Scene = {
  name: 'the Secure Inbox',
  async walk(stage, camera) {
    const opened = await openCase(stage.product, { owner: chen, members: [okafor], patientName: maya.name });
    const patient = await stage.patient('inbox');
    const { page } = patient;
    await page.goto('/');
    await expect(patient.button('Sign In')).toBeVisible();
    await camera.shoot(page, 'patient/sign-in');
    await patient.signInHere({ email: maya.email, password: 'not the right words' });
    await expect(patient.problem('The email or password is incorrect')).toBeVisible();
    await camera.shoot(page, 'patient/sign-in-wrong');

    const { talkId } = await openTalk(stage.product, stage.mailroom, opened, maya);
    await patient.signIn(maya);
    await patient.openInbox();
    await expect(patient.conversation(chen.name)).toBeVisible();
    await camera.shoot(page, 'patient/inbox-one');
    await whileApiIs(page, 'silent', /\/v1\/talks\b/, async () => {
      await page.reload();
      await expect(patient.heading('Secure Inbox')).toBeVisible();
      await camera.shoot(page, 'patient/inbox-loading');
    });
    await whileApiIs(page, 'away', /\/v1\/talks\b/, async () => {
      await page.reload();
      await expect(patient.button('Try again')).toBeVisible({ timeout: 30_000 });
      await camera.shoot(page, 'patient/inbox-failed');
    });
    await patient.button('Try again').click();
    await expect(patient.conversation(chen.name)).toBeVisible();

    const other = await openCase(stage.product, { owner: lund, patientName: maya.name, title: 'Aligners' });
    await invite(other, maya);
    await expect(patient.shown('1 invitation waits for your answer')).toBeVisible();
    await camera.shoot(page, 'patient/inbox-invitation');
    await patient.button(`Decline the invitation of ${lund.name}`).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await camera.shoot(page, 'patient/inbox-decline');
    await page.keyboard.press('Escape');
    await patient.button(`Accept the invitation of ${lund.name}`).click();
    await expect(patient.talk.composer).toBeVisible();
    await page.goto('/inbox');
    await expect(patient.conversation(lund.name)).toBeVisible();
    await camera.shoot(page, 'patient/inbox-two');
    await page.getByRole('searchbox').fill('nobody');
    await expect(patient.shown('No conversations match')).toBeVisible();
    await camera.shoot(page, 'patient/inbox-no-match');

    await page.goto(`/inbox/${talkId}`);
    await patient.talk.write('Here is the picture,');
    await patient.talk.addFiles([bitmap('image3bmp.bmp'), note('pain-diary.txt', 'Monday: stairs hurt.')]);
    await camera.shoot(page, 'patient/talk-draft');
    await whileApiIs(page, 'silent', /\/messages$/, async () => {
      await patient.talk.send();
      await expect(patient.talk.log.getByText('Sending..')).toBeVisible();
      await camera.shoot(page, 'patient/talk-sending');
    });
    await expect(patient.talk.file('image3bmp.bmp')).toBeVisible();
    await camera.shoot(page, 'patient/talk');
    await patient.talk.file('image3bmp.bmp').click();
    await expect(page.getByRole('dialog').getByRole('img')).toBeVisible();
    await camera.shoot(page, 'patient/talk-viewer');
    await page.keyboard.press('Escape');
    await whileApiIs(page, 'silent', /\/uploads$/, async () => {
      const choosing = page.waitForEvent('filechooser');
      await patient.talk.addFilesButton.click();
      await (await choosing).setFiles([bitmap('knee.bmp')]);
      await expect(page.getByRole('progressbar', { name: 'Upload of knee.bmp' })).toBeVisible();
      await camera.shoot(page, 'patient/talk-uploading');
    });
    await page.context().setOffline(true);
    await patient.talk.write('It hurts less today.');
    await camera.shoot(page, 'patient/talk-offline');
    await page.context().setOffline(false);
    await page.goto('/inbox/01930000-0000-7000-8009-000000000001');
    await expect(patient.shown('This conversation is not here')).toBeVisible();
    await camera.shoot(page, 'patient/talk-gone');
    // What is unread would lead from the start straight to the inbox.
    await page.goto('/inbox');
    await patient.openConversation(lund.name);
    await expect(patient.conversation(lund.name)).not.toContainText('Unread');
    await page.goto('/');
    await expect(patient.heading(`Welcome, ${maya.name}`)).toBeVisible();
    await camera.shoot(page, 'patient/home');
  },
};

const account: Scene = {
  name: 'account, session, terms and forgotten password',
  async walk(stage, camera) {
    const patient = await stage.patient('account');
    const { page } = patient;
    await patient.signIn(walter);
    await page.goto('/account');
    await expect(patient.heading('Your account')).toBeVisible();
    await expect(patient.shown('This device')).toBeVisible();
    await camera.shoot(page, 'patient/account');
    await patient.button('Change password').click();
    await expect(page.getByRole('alert')).toContainText('There is a problem');
    await camera.shoot(page, 'patient/account-errors');

    await endSoon(page);
    await page.reload();
    await expect(page.getByRole('alertdialog').or(page.getByRole('dialog'))).toBeVisible();
    await camera.shoot(page, 'patient/session-warning');
    await page.unroute(presentSession);
    await patient.button('Stay signed in').click();
    await stage.database.rows(`update patients set terms_version = 'older' where email = $1`, [walter.email]);
    await page.goto('/inbox');
    await expect(patient.heading('Terms of Use')).toBeVisible();
    await camera.shoot(page, 'patient/terms-due');
    await patient.button('I Accept').click();
    await expect(patient.heading('Secure Inbox')).toBeVisible();

    await page.goto('/forgotten-password');
    await expect(patient.heading('Forgotten password')).toBeVisible();
    await camera.shoot(page, 'patient/forgotten-password');
    await page.getByRole('textbox', { name: 'Email' }).fill(walter.email);
    await patient.button('Email me a link').click();
    await expect(patient.heading('Check your email')).toBeVisible();
    await camera.shoot(page, 'patient/forgotten-password-sent');
    await patient.openLink(linkIn(await stage.mailroom.nextEmail({ to: walter.email })));
    await expect(patient.heading('How should we send your code?')).toBeVisible();
    await camera.shoot(page, 'patient/reset-method');
    const code = await textedCode(stage, walter.email, async () => {
      await patient.chooseMethod(patient.words.text('41'));
      await camera.shoot(page, 'patient/reset-code');
    });
    await patient.enterCode(code);
    await expect(patient.newPassword).toBeVisible();
    await camera.shoot(page, 'patient/reset-password');
    await patient.newPassword.fill('nine early ferries');
    await patient.passwordAgain.fill('nine early ferries');
    await patient.button('Save password').click();
    await expect(patient.heading('Your new password is set')).toBeVisible();
    await camera.shoot(page, 'patient/reset-done');
    await page.goto('about:blank');
    await page.goto(`/password-reset#${'A'.repeat(43)}`);
    await expect(patient.heading('This link cannot be used')).toBeVisible();
    await camera.shoot(page, 'patient/reset-link-unusable');
  },
};

/** A patient of the demo who has not been written to yet: made by hand, because an invitation always brings a message. */
const empty: Scene = {
  name: 'an empty inbox',
  async walk(stage, camera) {
    await stage.database.rows(
      `insert into patients (id, name, email, phone, phone_kind, language, password_hash, terms_version)
       select gen_random_uuid(), 'Hanna Sato', 'hanna.sato@example.com', '+14155550178', 'mobile', 'en',
         password_hash, terms_version from patients where email = 'marta.iglesias@example.com'`,
    );
    const patient = await stage.patient('empty');
    await patient.signIn({ email: 'hanna.sato@example.com', password: demoPassword });
    await patient.openInbox();
    await expect(patient.shown('No messages yet')).toBeVisible();
    await camera.shoot(patient.page, 'patient/inbox-empty');

    const marta = await stage.patient('in Spanish', { language: 'es-US' });
    await marta.signIn({ email: 'marta.iglesias@example.com', password: demoPassword });
    await marta.openInbox();
    await marta.openConversation('Dr Lucía Ferrer');
    await camera.shoot(marta.page, 'patient/talk-in-spanish');
  },
};

export const inboxScenes: readonly Scene[] = [inbox, account, empty];
