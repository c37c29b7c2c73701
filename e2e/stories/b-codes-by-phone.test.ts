import { describe, test } from 'vitest';
import type { ClinicianPortal } from '../pages/clinician-portal.ts';
import type { PatientPortal } from '../pages/patient-portal.ts';
import { checkAccess } from '../support/axe.ts';
import { invite, openCase } from '../support/clinic.ts';
import { expect } from '../support/expect.ts';
import { codeHeardIn, codeIn, linkIn, wrongCodeBeside } from '../support/mail.ts';
import { e164, okafor, type Patient } from '../support/people.ts';
import { tellStory } from '../support/story.ts';
import { passCoolDown, passLock } from '../support/time.ts';

const password = 'seven quiet lanterns';

describe('texts that come late, a landline, and a phone call', () => {
  const story = tellStory();
  const jonas: Patient = {
    name: 'Jonas Weller',
    email: 'jonas.weller@example.com',
    mobile: '(415) 555-0152',
    password,
  };
  const landline = '(415) 555-0160';
  const mobile = e164(jonas.mobile);
  let doctor: ClinicianPortal;
  let patient: PatientPortal;

  test('the doctor invites with a mobile and a landline', async () => {
    const { id } = await openCase(story.product, { owner: okafor, patientName: jonas.name });
    doctor = await story.clinician('doctor', { theme: 'dark' });
    await doctor.signIn(okafor);
    await doctor.goToTalk(id);
    await doctor.inviteButton.click();
    await doctor.fillInvite({ email: jonas.email, mobile: jonas.mobile, landline });
    await checkAccess(doctor.page);
    await doctor.sendInvite(jonas.email);
    await doctor.closeInvite();
    await expect(doctor.step('Delivered')).toBeVisible();
  });

  test('the mobile may be texted or called, the landline only called', async () => {
    const email = await story.mailroom.nextEmail({ to: jonas.email });
    patient = await story.patient('patient', { width: 375 });
    await patient.openLink(linkIn(email));
    await checkAccess(patient.page);
    await patient.begin();
    await expect(patient.method('Text message to ••• ••52')).toBeChecked();
    await expect(patient.method('Phone call to ••• ••52')).toBeVisible();
    await expect(patient.method('Phone call to ••• ••60 (landline)')).toBeVisible();
    await expect(patient.page.getByRole('main').getByRole('radio')).toHaveCount(3);
    await checkAccess(patient.page);
  });

  test('the first text is stuck in the network', async () => {
    await story.mailroom.setSwitchesFor(mobile, { text: { hold: true } });
    await patient.chooseMethod('Text message to ••• ••52');
    await expect
      .poll(async () => (await story.mailroom.texts({ to: mobile })).map(({ held }) => held))
      .toEqual([true]);
    await story.mailroom.setSwitchesFor(mobile, {});
  });

  test('Re-send Code is refused kindly for half a minute, then sends the same code', async () => {
    await expect(patient.shown(/^You can ask again in \d+ seconds?$/)).toBeVisible();
    await checkAccess(patient.page);
    await passCoolDown(story.database, jonas.email);
    await patient.page.reload();
    await patient.button('Re-send Code').click();
    await expect(patient.shown(/The earlier message works too\.$/)).toBeVisible();
    await checkAccess(patient.page);
    await story.mailroom.nextText({ to: mobile });
  });

  test('Change Delivery Method leads to a call of the landline, which reads the code', async () => {
    await passCoolDown(story.database, jonas.email);
    await patient.page.reload();
    await patient.button('Change Delivery Method').click();
    await expect(patient.heading('How should we send your code?')).toBeVisible();
    await expect(patient.method('Text message to ••• ••52')).toBeChecked();
    await patient.chooseMethod('Phone call to ••• ••60 (landline)');
    await expect(patient.button('Call me again')).toBeVisible();
    await checkAccess(patient.page);
    const call = await story.mailroom.nextCall({ to: e164(landline) });
    const text = await story.mailroom.nextText({ to: mobile });
    expect(codeHeardIn(call)).toBe(codeIn(text));
  });

  test('now the first text arrives, and its code still works', async () => {
    const late = (await story.mailroom.texts({ to: mobile })).find(({ held }) => held);
    if (!late) throw new Error('No text is held.');
    await story.mailroom.release(late);
    await patient.enterCode(codeIn(late));
    await expect(patient.heading('Terms of Use')).toBeVisible();
    await expect(doctor.step('Code confirmed')).toBeVisible();
    await checkAccess(doctor.page);
  });
});

describe('wrong codes until the tries run out, and the way on from there', () => {
  const story = tellStory();
  const amara: Patient = {
    name: 'Amara Nwosu',
    email: 'amara.nwosu@example.com',
    mobile: '(415) 555-0153',
    password,
  };
  const mobile = e164(amara.mobile);
  let doctor: ClinicianPortal;
  let patient: PatientPortal;
  let rightCode: string;

  async function enterWrongCodes(): Promise<void> {
    const wrong = wrongCodeBeside(rightCode);
    for (const left of ['4 tries', '3 tries', '2 tries', '1 try']) {
      await patient.enterCode(wrong);
      await expect(patient.problem('Enter a correct security code')).toBeVisible();
      await expect(patient.shown(`You have ${left} left.`)).toBeVisible();
    }
    await checkAccess(patient.page);
    await patient.enterCode(wrong);
    await expect(patient.problem(/^Too many tries\./)).toBeVisible();
  }

  test('she asks for a code', async () => {
    const opened = await openCase(story.product, { owner: okafor, patientName: amara.name });
    await invite(opened, amara);
    doctor = await story.clinician('doctor');
    await doctor.signIn(okafor);
    await doctor.goToTalk(opened.id);
    patient = await story.patient('patient', { theme: 'dark', width: 375 });
    await patient.openLink(linkIn(await story.mailroom.nextEmail({ to: amara.email })));
    await patient.begin();
    await patient.chooseMethod('Text message to ••• ••53');
    rightCode = codeIn(await story.mailroom.nextText({ to: mobile }));
    await expect(doctor.step('Code sent')).toBeVisible();
  });

  test('what cannot be a code is refused without costing a try', async () => {
    await patient.enterCode('123');
    await expect(patient.problem("You've not entered enough numbers")).toBeVisible();
    await patient.enterCode('12ab56');
    await expect(patient.problem(/^Enter numbers only/)).toBeVisible();
    await checkAccess(patient.page);
  });

  test('after five wrong codes even the right one is refused, and the practice’s number stands there', async () => {
    await enterWrongCodes();
    await expect(patient.problem(/call Harbor Street Clinic, \(415\).555.0110\.$/)).toBeVisible();
    await patient.enterCode(rightCode);
    await expect(patient.problem(/^Too many tries\./)).toBeVisible();
    await expect(patient.shown('I cannot get a code')).toBeVisible();
    await checkAccess(patient.page);
  });

  test('a quarter of an hour later a new code may be asked for; five more wrong ones use the invitation up', async () => {
    await passLock(story.database, amara.email);
    await passCoolDown(story.database, amara.email);
    await patient.page.reload();
    const before = (await story.mailroom.texts({ to: mobile }))[0];
    if (await patient.heading('Check your phone').isVisible()) await patient.button('Re-send Code').click();
    else await patient.chooseMethod('Text message to ••• ••53');
    const next = await story.mailroom.nextText({ to: mobile, ...(before && { after: before.id }) });
    expect(codeIn(next)).not.toBe(rightCode);
    rightCode = codeIn(next);
    await enterWrongCodes();
    await expect(doctor.shown('Too many wrong codes')).toBeVisible();
    await checkAccess(doctor.page);
  });

  test('the doctor resends, and the new link works', async () => {
    const [old] = await story.mailroom.emails({ to: amara.email });
    await doctor.page.getByRole('button', { name: 'Resend', exact: true }).click();
    const email = await story.mailroom.nextEmail({ to: amara.email, ...(old && { after: old.id }) });
    await passCoolDown(story.database, amara.email);
    await patient.openLink(linkIn(email));
    const before = (await story.mailroom.texts({ to: mobile }))[0];
    await patient.begin();
    await patient.chooseMethod('Text message to ••• ••53');
    const text = await story.mailroom.nextText({ to: mobile, ...(before && { after: before.id }) });
    await patient.enterCode(codeIn(text));
    await expect(patient.heading('Terms of Use')).toBeVisible();
    await expect(doctor.step('Code confirmed')).toBeVisible();
  });
});
