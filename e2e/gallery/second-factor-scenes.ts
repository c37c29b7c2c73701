import { AccountSecurity } from '../pages/account-security.ts';
import type { ClinicianPortal } from '../pages/clinician-portal.ts';
import { MailroomAuthenticator } from '../pages/mailroom-authenticator.ts';
import { expect } from '../support/expect.ts';
import { brandt, chen, demoPassword, nair, whitaker } from '../support/people.ts';
import type { Stage } from '../support/stage.ts';
import { beforeFirstSignIn, passAppCode, passFreshness } from '../support/time.ts';
import { giveFingerprint } from '../support/virtual-authenticator.ts';
import type { Camera } from './camera.ts';
import type { Scene } from './scene.ts';

/** What Priya's own app is called in the mailroom, beside the one of the demo. */
const herApp = 'Phone of Priya';

/** Sets up an authenticator app from the first sign-in on, with pictures of every step. */
async function enrol(stage: Stage, camera: Camera, priya: ClinicianPortal): Promise<AccountSecurity> {
  const { page } = priya;
  const security = new AccountSecurity(page);
  await beforeFirstSignIn(stage.database, nair.email);
  await priya.enterPassword(nair);
  await expect(priya.heading('Set up your second factor')).toBeVisible();
  await camera.shoot(page, 'clinician/enrolment');
  await security.button('Set up an authenticator app').click();
  await expect(page.getByRole('img', { name: /^QR code/ })).toBeVisible();
  await camera.shoot(page, 'clinician/enrolment-app');
  await priya.enterAppCode('12', 'Confirm');
  await expect(page.getByRole('alert')).toContainText('There is a problem');
  await camera.shoot(page, 'clinician/enrolment-app-error');
  const { code } = await stage.mailroom.addAuthenticator(await security.setupKey(), herApp);
  await priya.enterAppCode(code, 'Confirm');
  await expect(priya.heading('Keep your recovery codes')).toBeVisible();
  await camera.shoot(page, 'clinician/enrolment-codes');
  await security.button('Go on to CaseTalk').click();
  await expect(page.getByRole('alert')).toContainText('There is a problem');
  await camera.shoot(page, 'clinician/enrolment-codes-error');
  await security.keepCodes('Go on to CaseTalk');
  await expect(priya.heading('View Cases')).toBeVisible();
  return security;
}

const signingIn: Scene = {
  name: 'a second factor: enrolment and sign-in',
  async walk(stage, camera) {
    const priya = await stage.clinician('second factor');
    const { page } = priya;
    const security = await enrol(stage, camera, priya);
    await security.signOut();
    await passAppCode(stage.database, nair.email);
    await priya.enterPassword(nair);
    await expect(priya.appCodeField).toBeVisible();
    await camera.shoot(page, 'clinician/second-factor-app');
    await priya.enterAppCode('000 000');
    await expect(page.getByRole('alert')).toContainText('There is a problem');
    await camera.shoot(page, 'clinician/second-factor-app-wrong');
    await security.button('Use a recovery code').click();
    await expect(priya.heading('Use a recovery code')).toBeVisible();
    await camera.shoot(page, 'clinician/second-factor-recovery');
    await security.button('Use your authenticator app').click();
    const [account] = await stage.mailroom.authenticators(herApp);
    await priya.enterAppCode(account?.code ?? '');
    await expect(priya.heading('View Cases')).toBeVisible();
    await giveFingerprint(page);
    await security.open();
    await security.button('Add a passkey').click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await camera.shoot(page, 'clinician/passkey-add');
    await security.button('Add passkey').click();
    await expect(priya.shown(/^The passkey “.+” is added\.$/)).toBeVisible();
    await camera.shoot(page, 'clinician/account-security');
    await security.signOut();
    await priya.enterPassword(nair);
    await expect(priya.heading('Use a passkey')).toBeVisible();
    await camera.shoot(page, 'clinician/second-factor-passkey');
  },
};

const changing: Scene = {
  name: 'a second factor: changes on the account page',
  async walk(stage, camera) {
    const doctor = await stage.clinician('factor changes');
    const { page } = doctor;
    const security = new AccountSecurity(page);
    await doctor.signIn(chen);
    await security.open();
    await security.button('Replace the authenticator app').click();
    await expect(page.getByRole('dialog').getByRole('img')).toBeVisible();
    await camera.shoot(page, 'clinician/account-app-replace');
    await page.keyboard.press('Escape');
    await security.button('Remove the authenticator app').click();
    await camera.shoot(page, 'clinician/account-app-remove');
    await security.button('Remove app').click();
    await expect(doctor.shown(/^This is your only second factor\./)).toBeVisible();
    await camera.shoot(page, 'clinician/account-last-factor');
    await passFreshness(stage.database, chen.email);
    await security.button('Make new codes').click();
    await camera.shoot(page, 'clinician/account-codes-renew');
    await page.getByRole('dialog').getByRole('button', { name: 'Make new codes' }).click();
    await expect(security.question).toBeVisible();
    await camera.shoot(page, 'clinician/reauthentication-password');
    await security.answerPassword(demoPassword);
    await expect(doctor.appCodeField).toBeVisible();
    await camera.shoot(page, 'clinician/reauthentication-app');
    await doctor.enterAppCode(await doctor.appCode(chen));
    await expect(security.panel('Recovery codes').getByRole('checkbox')).toBeVisible();
    await camera.shoot(page, 'clinician/account-codes');

    const administrator = await stage.clinician('administrator');
    await administrator.signIn(whitaker);
    await new AccountSecurity(administrator.page).open();
    const reset = administrator.page.getByRole('button', {
      name: `Reset second factor of ${brandt.name}`,
    });
    await expect(reset).toBeVisible();
    await camera.shoot(administrator.page, 'clinician/account-administrator');
    await reset.click();
    await camera.shoot(administrator.page, 'clinician/account-colleague-reset');
  },
};

const mailroom: Scene = {
  name: 'the mailroom’s authenticator',
  async walk(stage, camera) {
    const { page } = await stage.clinician('mailroom authenticator');
    const app = new MailroomAuthenticator(page);
    await app.open(stage.product.mailroomUrl);
    await camera.shoot(page, 'mailroom/authenticator');
    await page.getByLabel(/^Setup key/).fill('this is no key!');
    await page.getByRole('button', { name: 'Add account' }).click();
    await expect(page.getByRole('alert')).toContainText('A setup key has only');
    await camera.shoot(page, 'mailroom/authenticator-error');
  },
};

export const secondFactorScenes: readonly Scene[] = [signingIn, changing, mailroom];
