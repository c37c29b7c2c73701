import { describe, test } from 'vitest';
import type { ClinicianPortal } from '../pages/clinician-portal.ts';
import type { PatientPortal } from '../pages/patient-portal.ts';
import { checkAccess } from '../support/axe.ts';
import { answerOf, invite, type OpenedCase, openCase } from '../support/clinic.ts';
import { expect } from '../support/expect.ts';
import { emailAbout, pressUnsubscribe, stopLinkIn } from '../support/mail.ts';
import { whitaker, chen, type Patient } from '../support/people.ts';
import { openTalk } from '../support/registering.ts';
import { tellStory } from '../support/story.ts';
import { passDaysOfInvitation, passNoticeDelay } from '../support/time.ts';

const nora: Patient = {
  name: 'Nora Silva',
  email: 'nora.silva@example.com',
  mobile: '(415) 555-0185',
  password: 'seven quiet lanterns',
};
const diego: Patient = {
  name: 'Diego Fuentes',
  email: 'diego.fuentes@example.com',
  mobile: '(415) 555-0186',
  password: 'seven quiet lanterns',
};
const noticeSubject = 'You have a new message in your Secure Inbox';
const reminderSubject = 'Recordatorio: Harbor Street Clinic le invitó a una conversación segura';

describe('mails that their reader stops from the foot', () => {
  const story = tellStory();
  let talking: OpenedCase;
  let talkId: string;
  let invitationId: string;
  let doctor: ClinicianPortal;
  let patient: PatientPortal;

  test('a notice leads to a page that changes nothing by itself', async () => {
    talking = await openCase(story.product, { owner: chen, patientName: nora.name });
    ({ talkId } = await openTalk(story.product, story.mailroom, talking, nora));
    await answerOf(talking.client.sendMessage({ params: { talkId }, body: { text: 'How are you?' } }));
    await passNoticeDelay(story.database, talkId);
    const mail = await emailAbout(story.mailroom, nora.email, noticeSubject);
    patient = await story.patient('Nora', { width: 375 });
    await patient.openLink(stopLinkIn(mail));
    await expect(patient.heading('Emails about new messages')).toBeVisible();
    await expect(patient.shown('These emails are sent to you.')).toBeVisible();
    await checkAccess(patient.page);
    await patient.page.reload();
    await expect(patient.shown('These emails are sent to you.')).toBeVisible();
  });

  test('one press stops them, without signing in, and another has them sent again', async () => {
    await patient.button('Stop these emails').click();
    await expect(patient.shown('You get no more emails about new messages.')).toBeVisible();
    await checkAccess(patient.page);
    await patient.page.reload();
    await patient.button('Send them again').click();
    await expect(patient.shown('These emails are sent to you.')).toBeVisible();
  });

  test('the mail program’s own button does the same, and her account shows it', async () => {
    const mail = await emailAbout(story.mailroom, nora.email, noticeSubject);
    expect(await pressUnsubscribe(mail)).toBe(204);
    await patient.signIn(nora);
    await patient.page.goto('/account');
    await expect(patient.page.getByRole('radio', { name: 'Not at all' })).toBeChecked();
  });

  test('reminders of an invitation are stopped in the invitee’s language, and his doctor sees it', async () => {
    const opened = await openCase(story.product, { owner: chen, patientName: diego.name });
    ({ id: invitationId } = await invite(opened, diego, { language: 'es' }));
    doctor = await story.clinician('doctor', { theme: 'dark' });
    await doctor.signIn(chen);
    await doctor.goToTalk(opened.id);
    await expect(doctor.step('Delivered')).toBeVisible();
    await passDaysOfInvitation(story.database, invitationId, 3);
    const mail = await emailAbout(story.mailroom, diego.email, reminderSubject);
    const invitee = await story.patient('Diego', { width: 375, theme: 'dark', language: 'es-US' });
    await invitee.openLink(stopLinkIn(mail));
    await expect(invitee.heading('Recordatorios de su invitación')).toBeVisible();
    await checkAccess(invitee.page);
    await invitee.button('No recibir más recordatorios').click();
    await expect(invitee.shown('Ya no recibe recordatorios de esta invitación.')).toBeVisible();
    await checkAccess(invitee.page);
    await expect(doctor.shown(/The invitee asked for no more reminders on /)).toBeVisible();
    await checkAccess(doctor.page);
  });

  test('a link that was cut off is unknown, and says where to choose instead', async () => {
    await patient.openLink('/unsubscribe#abc');
    await expect(patient.heading('We do not know this link')).toBeVisible();
    await checkAccess(patient.page);
  });

  test('an administrator switches the reminders of the whole practice off, and on again', async () => {
    const administrator = await story.clinician('administrator');
    await administrator.signIn(whitaker);
    await administrator.page.goto('/account');
    const choice = administrator.page.getByRole('checkbox', { name: /^Remind patients who were invited/ });
    for (const isWanted of [false, true]) {
      await choice.setChecked(isWanted);
      await administrator.page.getByRole('button', { name: 'Save choice', exact: true }).click();
      await expect(administrator.shown('Your choice is saved')).toBeVisible();
      await checkAccess(administrator.page);
      await administrator.page.reload();
      await expect(choice).toBeChecked({ checked: isWanted });
    }
  });
});
