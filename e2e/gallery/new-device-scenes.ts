import { openCase } from '../support/clinic.ts';
import { expect } from '../support/expect.ts';
import { chen, e164, type Patient } from '../support/people.ts';
import { openTalk } from '../support/registering.ts';
import { passFreshness } from '../support/time.ts';
import { giveFingerprint } from '../support/virtual-authenticator.ts';
import type { Scene } from './scene.ts';

const iris: Patient = {
  name: 'Iris Novak',
  email: 'iris.novak@example.com',
  mobile: '(415) 555-0167',
  password: 'seven quiet lanterns',
};

const newDevice: Scene = {
  name: 'a patient on a new device, and a new phone number',
  async walk(stage, camera) {
    const opened = await openCase(stage.product, { owner: chen, patientName: iris.name });
    await openTalk(stage.product, stage.mailroom, opened, iris);
    const patient = await stage.patient('new device');
    const { page } = patient;
    await page.goto('/');
    await patient.signInHere(iris);
    await expect(patient.heading('How should we send your code?')).toBeVisible();
    await camera.shoot(page, 'patient/new-device');
    await patient.proveDevice(iris);
    await expect(patient.inboxLink).toBeVisible();

    await giveFingerprint(page);
    await page.goto('/account');
    await patient.button('Add a passkey').click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await camera.shoot(page, 'patient/passkey-add');
    await patient.button('Add passkey').click();
    await expect(patient.shown(/^The passkey “.+” is added\.$/)).toBeVisible();
    await camera.shoot(page, 'patient/account-passkey');

    await page.getByRole('link', { name: 'Change email' }).click();
    await expect(patient.heading('What is your new email address?')).toBeVisible();
    await camera.shoot(page, 'patient/email-change');
    await page.getByRole('textbox', { name: 'New email address' }).fill('iris.new@example.com');
    await patient.button('Continue').click();
    await expect(patient.heading('Check your email')).toBeVisible();
    await camera.shoot(page, 'patient/email-change-sent');
    const { text } = await stage.mailroom.nextEmail({ to: 'iris.new@example.com' });
    await page.goto(/https?:\/\/\S+#\S+/.exec(text ?? '')?.[0] ?? '/');
    await expect(patient.heading('Use this email address?')).toBeVisible();
    await camera.shoot(page, 'patient/email-confirmation');

    await passFreshness(stage.database, iris.email);
    await page.goto('/account/phone');
    await expect(patient.heading('What is your new phone number?')).toBeVisible();
    await camera.shoot(page, 'patient/phone-change');
    await page.getByRole('textbox', { name: 'Phone number' }).fill('(415) 555-0168');
    await page.getByRole('radio', { name: 'Mobile phone' }).check();
    await patient.button('Continue').click();
    const question = page.getByRole('dialog', { name: 'Is it still you?' });
    await expect(question).toBeVisible();
    await camera.shoot(page, 'patient/reauthentication-password');
    await question.getByLabel('Your password', { exact: true }).fill(iris.password);
    await question.getByRole('button', { name: 'Continue' }).click();
    await question.getByRole('button', { name: 'Get a code on your phone' }).click();
    await expect(question.getByRole('radio').first()).toBeVisible();
    await camera.shoot(page, 'patient/reauthentication-phone');
    await stage.mailroom.setSwitchesFor(e164(iris.mobile), { text: { outcome: 'undelivered' } });
    await question.getByRole('button', { name: 'Continue' }).click();
    await expect(question.getByRole('textbox', { name: 'Security code' })).toBeVisible();
    await camera.shoot(page, 'patient/reauthentication-code');
    await expect(question.getByText('The text message did not arrive.', { exact: true })).toBeVisible();
    await camera.shoot(page, 'patient/reauthentication-code-failed');

    const elsewhere = await stage.patient('elsewhere', { language: 'es-US' });
    await elsewhere.page.goto('/');
    await elsewhere.signInHere(iris);
    await expect(elsewhere.heading('Usar una llave de acceso')).toBeVisible();
    await camera.shoot(elsewhere.page, 'patient/new-device-passkey-es');
  },
};

export const newDeviceScenes: readonly Scene[] = [newDevice];
