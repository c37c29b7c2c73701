import { describe, test } from 'vitest';
import type { ClinicianPortal } from '../pages/clinician-portal.ts';
import type { PatientPortal } from '../pages/patient-portal.ts';
import { checkAccess } from '../support/axe.ts';
import { openCase } from '../support/clinic.ts';
import { expect } from '../support/expect.ts';
import { codeIn, linkIn } from '../support/mail.ts';
import { e164, lund, type Patient } from '../support/people.ts';
import { tellStory } from '../support/story.ts';

const irene: Patient = {
  name: 'Irene Castillo',
  email: 'irene.castillo@example.com',
  mobile: '(415) 555-0161',
  password: 'seven quiet lanterns',
};
/** Two letters changed places on the way from the telephone to the form. */
const mistyped = 'irene.catsillo@example.com';

describe('an invitation that comes back, and the address that was meant', () => {
  const story = tellStory();
  let doctor: ClinicianPortal;
  let patient: PatientPortal;
  let deadLink: string;

  test('the doctor invites to an address that does not exist', async () => {
    await story.mailroom.setSwitchesFor(mistyped, { email: { outcome: 'bounce' } });
    const { id } = await openCase(story.product, { owner: lund, patientName: irene.name });
    doctor = await story.clinician('doctor');
    await doctor.signIn(lund);
    await doctor.goToTalk(id);
    await doctor.clickHere.click();
    await doctor.fillInvite({ email: mistyped, mobile: irene.mobile, firstMessage: 'Welcome, Irene.' });
    await doctor.sendInvite(mistyped);
    await doctor.closeInvite();
    await expect(doctor.notInvited).toBeHidden();
  });

  test('she sees that it came back, why, and the button that mends it first', async () => {
    await expect(doctor.shown('The email came back')).toBeVisible();
    await expect(doctor.shown(`${mistyped} did not accept it. This address does not exist.`)).toBeVisible();
    await expect(doctor.step('Came back', 'Failed')).toContainText('This address does not exist.');
    await expect(doctor.repairButtons).toHaveText(['Correct address', 'Resend', 'Cancel invitation']);
    await checkAccess(doctor.page);
    const [came] = await story.mailroom.emails({ to: mistyped });
    if (!came) throw new Error('Nothing was sent.');
    deadLink = linkIn(came);
  });

  test('she corrects the address, and it is sent again at once', async () => {
    await doctor.correctAddress(irene.email, async (dialog) => {
      await expect(dialog.getByText('A new link goes to the address below.')).toBeVisible();
      await checkAccess(doctor.page);
    });
    await expect(doctor.shown('The email came back')).toBeHidden();
    await expect(doctor.step('Delivered')).toBeVisible();
    await expect(doctor.shown(new RegExp(`^In the mailbox of ${irene.email}\\.`))).toBeVisible();
    await checkAccess(doctor.page);
  });

  test('the link that went astray opens nothing', async () => {
    patient = await story.patient('patient', { width: 375 });
    await patient.openLink(deadLink);
    await expect(patient.heading('We do not know this link')).toBeVisible();
    await checkAccess(patient.page);
  });

  test('the patient registers by the new mail, and finds the first message', async () => {
    const email = await story.mailroom.nextEmail({ to: irene.email });
    expect(linkIn(email)).not.toBe(deadLink);
    await patient.openLink(linkIn(email));
    await patient.begin();
    await patient.chooseMethod('Text message to ••• ••61');
    await patient.enterCode(codeIn(await story.mailroom.nextText({ to: e164(irene.mobile) })));
    await patient.acceptTerms();
    await patient.setPassword(irene.password);
    await expect(doctor.step('Registered')).toBeVisible();
    await expect(doctor.shown(`${irene.name} has joined`)).toBeVisible();
    await patient.page.getByRole('link', { name: 'Sign In' }).click();
    await patient.signInHere(irene);
    await patient.openInbox();
    await patient.openConversation(lund.name);
    await expect(patient.talk.message('Welcome, Irene.')).toBeVisible();
    // The strip has nothing more to say once the first message was read.
    await expect(doctor.shown(`${irene.name} has joined`)).toBeHidden();
    await expect(doctor.step('First message read')).toBeVisible();
  });
});
