import { describe, test } from 'vitest';
import { AccountSecurity } from '../pages/account-security.ts';
import type { ClinicianPortal } from '../pages/clinician-portal.ts';
import { MailroomAuthenticator } from '../pages/mailroom-authenticator.ts';
import { checkAccess } from '../support/axe.ts';
import { expect } from '../support/expect.ts';
import { brandt, demoPassword, nair, whitaker } from '../support/people.ts';
import { tellStory } from '../support/story.ts';
import { beforeFirstSignIn, passAppCode, passFreshness } from '../support/time.ts';
import { giveFingerprint } from '../support/virtual-authenticator.ts';

/** What Priya's own app is called in the mailroom, beside the one of the demo. */
const herApp = 'Phone of Priya';

describe('clinicians prove a second factor, every time', () => {
  const story = tellStory();
  let priya: ClinicianPortal;
  let security: AccountSecurity;
  let app: MailroomAuthenticator;
  let codes: string[];
  let tom: ClinicianPortal;

  test('at her first sign-in Priya is told why she sets up a second factor', async () => {
    await beforeFirstSignIn(story.database, nair.email);
    priya = await story.clinician('priya', { width: 375 });
    security = new AccountSecurity(priya.page);
    await priya.enterPassword(nair);
    await expect(priya.heading('Set up your second factor')).toBeVisible();
    await checkAccess(priya.page);
    await priya.page.goto('/cases');
    await expect(priya.heading('Set up your second factor')).toBeVisible();
  });

  test('she sets up an authenticator app with the key on the screen', async () => {
    await security.button('Set up an authenticator app').click();
    await expect(priya.heading('Set up your authenticator app')).toBeVisible();
    await expect(priya.page.getByRole('img', { name: /^QR code/ })).toBeVisible();
    await checkAccess(priya.page);

    app = new MailroomAuthenticator(await priya.page.context().newPage());
    await app.open(story.product.mailroomUrl);
    await checkAccess(app.page);
    const code = await app.add(await security.setupKey(), herApp);
    await checkAccess(app.page);

    await priya.enterAppCode('12 34', 'Confirm');
    await expect(priya.page.getByRole('alert')).toContainText('the code must be 6 numbers');
    await checkAccess(priya.page);
    await priya.enterAppCode(`${code.slice(0, 3)} ${code.slice(3)}`, 'Confirm');
    await expect(priya.heading('Keep your recovery codes')).toBeVisible();
    await checkAccess(priya.page);
  });

  test('the recovery codes stay until she says that she kept them', async () => {
    codes = await security.recoveryCodes();
    expect(codes).toHaveLength(10);
    await security.button('Go on to CaseTalk').click();
    await expect(priya.page.getByRole('alert')).toContainText('Keep the codes first');
    await checkAccess(priya.page);
    const saving = priya.page.waitForEvent('download');
    await security.button('Download').click();
    expect((await saving).suggestedFilename()).toBe('casetalk-recovery-codes.txt');
    await security.keepCodes('Go on to CaseTalk');
    await expect(priya.heading('View Cases')).toBeVisible();
  });

  test('from then on the password alone does not let her in', async () => {
    await passAppCode(story.database, nair.email);
    await security.signOut();
    await priya.enterPassword(nair);
    await expect(priya.heading('Enter the code of your authenticator app')).toBeVisible();
    expect((await priya.page.request.get('/v1/cases')).status()).toBe(401);
    await checkAccess(priya.page);
    await priya.enterAppCode('000 000');
    await expect(priya.page.getByRole('alert')).toContainText('This code is not right or was used already');
    await checkAccess(priya.page);
    await priya.page.reload();
    await expect(priya.heading('Enter the code of your authenticator app')).toBeVisible();
    await priya.enterAppCode(await app.shown(herApp));
    await expect(priya.heading('View Cases')).toBeVisible();
  });

  test('a recovery code lets her in once', async () => {
    await security.signOut();
    await priya.enterPassword(nair);
    await security.button('Use a recovery code').click();
    await expect(priya.heading('Use a recovery code')).toBeVisible();
    await checkAccess(priya.page);
    const [first = ''] = codes;
    const field = priya.page.getByRole('textbox', { name: 'Recovery code' });
    await field.fill(first.toUpperCase().replaceAll('-', ' '));
    await security.button('Continue').click();
    await expect(priya.heading('View Cases')).toBeVisible();
    await security.open();
    await expect(security.panel('Recovery codes').getByText('9 codes of 10 are left.')).toBeVisible();
    await checkAccess(priya.page);
  });

  test('she adds a passkey, names it, and signs in with it', async () => {
    // A browser makes passkeys only for the tab in front.
    await app.page.close();
    await giveFingerprint(priya.page);
    await security.button('Add a passkey').click();
    await priya.page.getByRole('textbox', { name: 'Name' }).fill('Phone of the ward');
    await checkAccess(priya.page);
    await security.button('Add passkey').click();
    await expect(priya.shown('The passkey “Phone of the ward” is added.')).toBeVisible();
    await security.button('Rename the passkey Phone of the ward').click();
    await priya.page.getByRole('textbox', { name: 'Name' }).fill('My phone');
    await security.button('Save name').click();
    await expect(security.panel('Passkeys').getByText('My phone', { exact: true })).toBeVisible();

    await security.signOut();
    await priya.enterPassword(nair);
    await expect(priya.heading('Use a passkey')).toBeVisible();
    await checkAccess(priya.page);
    await security.button('Use a passkey').click();
    await expect(priya.heading('View Cases')).toBeVisible();
  });

  test('after a while a change is confirmed first, and then goes on by itself', async () => {
    await passFreshness(story.database, nair.email);
    await security.open();
    await security.button('Make new codes').click();
    await checkAccess(priya.page);
    await priya.page.getByRole('dialog').getByRole('button', { name: 'Make new codes' }).click();
    await expect(security.question).toBeVisible();
    await checkAccess(priya.page);
    await security.answerPassword('not the right words');
    await expect(security.question.getByRole('alert')).toContainText('Your password is not right');
    await security.answerPassword(demoPassword);
    await security.question.getByRole('button', { name: 'Use a passkey' }).click();
    const renewed = security.panel('Recovery codes').getByRole('heading', { name: /^Recovery codes for/ });
    await expect(renewed).toBeVisible();
    await checkAccess(priya.page);
    expect(await security.recoveryCodes()).not.toContain(codes[1]);
    await security.keepCodes('Done');
    await expect(security.panel('Recovery codes').getByText('10 codes of 10 are left.')).toBeVisible();
  });

  test('she removes the app, but not her last second factor', async () => {
    await security.button('Remove the authenticator app').click();
    await security.button('Remove app').click();
    await expect(security.panel('Authenticator app').getByText('You have not set up an app.')).toBeVisible();
    await security.button('Remove the passkey My phone').click();
    await security.button('Remove passkey').click();
    await expect(priya.shown(/^This is your only second factor\./)).toBeVisible();
    await checkAccess(priya.page);
  });

  test('Tom sets up a passkey at his first sign-in', async () => {
    await beforeFirstSignIn(story.database, brandt.email);
    tom = await story.clinician('tom', { theme: 'dark' });
    await giveFingerprint(tom.page);
    await tom.enterPassword(brandt);
    const setup = new AccountSecurity(tom.page);
    await setup.button('Set up a passkey').click();
    await expect(tom.heading('Keep your recovery codes')).toBeVisible();
    await checkAccess(tom.page);
    await setup.keepCodes('Go on to CaseTalk');
    await expect(tom.heading('View Cases')).toBeVisible();
  });

  test('the administrator resets Tom’s second factor, who sets one up again', async () => {
    const paul = await story.clinician('paul');
    await paul.signIn(whitaker);
    await paul.page.goto('/account');
    const reset = paul.page.getByRole('button', { name: `Reset second factor of ${brandt.name}` });
    await reset.click();
    await checkAccess(paul.page);
    await paul.page.getByRole('dialog').getByRole('button', { name: 'Reset second factor' }).click();
    await expect(paul.shown(/^The second factor of Tom Brandt is reset\./)).toBeVisible();
    await checkAccess(paul.page);
    await expect(tom.heading('Sign in')).toBeVisible();
    await tom.enterPassword(brandt);
    await expect(tom.heading('Set up your second factor')).toBeVisible();
    await checkAccess(tom.page);
  });
});
