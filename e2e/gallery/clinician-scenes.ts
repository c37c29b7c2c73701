import { openCase } from '../support/clinic.ts';
import { expect } from '../support/expect.ts';
import { chen, noor, okafor } from '../support/people.ts';
import type { Scene } from './scene.ts';
import { whileApiIs } from './scene.ts';

const cases: Scene = {
  name: 'sign-in and the case list',
  async walk(stage, camera) {
    const doctor = await stage.clinician('cases');
    const { page } = doctor;
    await page.goto('/');
    await expect(doctor.heading('Sign in')).toBeVisible();
    await camera.shoot(page, 'clinician/sign-in');
    await page.getByRole('button', { name: 'Sign In' }).click();
    await expect(page.getByRole('alert')).toContainText('There is a problem');
    await camera.shoot(page, 'clinician/sign-in-errors');
    await page.goto('/forgotten-password');
    await expect(doctor.heading('Forgotten password')).toBeVisible();
    await camera.shoot(page, 'clinician/forgotten-password');

    await doctor.signIn(chen);
    await expect(doctor.shown(/^\d+ cases$/)).toBeVisible();
    await camera.shoot(page, 'clinician/cases');
    await whileApiIs(page, 'silent', /\/v1\/cases\b/, async () => {
      await page.reload();
      await expect(doctor.heading('View Cases')).toBeVisible();
      await camera.shoot(page, 'clinician/cases-loading');
    });
    await whileApiIs(page, 'away', /\/v1\/cases\b/, async () => {
      await page.reload();
      await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible({ timeout: 30_000 });
      await camera.shoot(page, 'clinician/cases-failed');
    });
    await page.goto('/cases?search=nobody');
    await expect(doctor.shown('No cases match')).toBeVisible();
    await camera.shoot(page, 'clinician/cases-no-match');
    await page.goto('/cases/new');
    await expect(doctor.heading('New case')).toBeVisible();
    await camera.shoot(page, 'clinician/new-case');
    await page.getByRole('button', { name: 'Open case' }).click();
    await expect(page.getByRole('alert')).toContainText('There is a problem');
    await camera.shoot(page, 'clinician/new-case-errors');
    await page.goto('/account');
    await expect(doctor.heading('Account')).toBeVisible();
    await expect(doctor.shown('This device')).toBeVisible();
    await camera.shoot(page, 'clinician/account');
    await page.goto('/nowhere');
    await expect(doctor.heading('Page not found')).toBeVisible();
    await camera.shoot(page, 'clinician/not-found');

    const newcomer = await stage.clinician('no cases');
    await newcomer.signIn({ name: 'Paul Whitaker', email: 'paul.whitaker@example.com' });
    await camera.shoot(newcomer.page, 'clinician/cases-empty');
  },
};

const overview: Scene = {
  name: 'a case and who works on it',
  async walk(stage, camera) {
    const doctor = await stage.clinician('overview');
    const { page } = doctor;
    await doctor.signIn(chen);
    await doctor.viewCase('Rosalind Achterberg-Montgomery');
    await expect(page.getByRole('list', { name: 'Associated doctors & staff' })).toBeVisible();
    await camera.shoot(page, 'clinician/overview-long-names');
    const { id } = await openCase(stage.product, {
      owner: chen,
      members: [okafor, noor],
      patientName: 'Elena Marchetti',
    });
    await page.goto(`/cases/${id}`);
    await expect(doctor.shown(okafor.name)).toBeVisible();
    await camera.shoot(page, 'clinician/overview');
    await page.getByRole('button', { name: 'Add a doctor or staff member' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await page
      .getByRole('dialog')
      .getByRole('searchbox')
      .or(page.getByRole('dialog').getByRole('textbox'))
      .fill('br');
    await expect(page.getByText('Tom Brandt')).toBeVisible();
    await camera.shoot(page, 'clinician/overview-add');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: `Remove ${noor.name} from this case` }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await camera.shoot(page, 'clinician/overview-remove');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Edit this case' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await camera.shoot(page, 'clinician/overview-edit');
    await page.keyboard.press('Escape');
    await doctor.openTab('Doctor Talk');
    await expect(doctor.shown('No messages yet')).toBeVisible();
    await camera.shoot(page, 'clinician/doctor-talk-empty');
    await doctor.talk.say('Her mobile is in the record.');
    await camera.shoot(page, 'clinician/doctor-talk');
    await doctor.openTab('Attachments');
    await expect(doctor.shown('No attachments yet')).toBeVisible();
    await camera.shoot(page, 'clinician/attachments-empty');
  },
};

export const clinicianScenes: readonly Scene[] = [cases, overview];
