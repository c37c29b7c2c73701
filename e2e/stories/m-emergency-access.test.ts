import { describe, test } from 'vitest';
import type { ClinicianPortal } from '../pages/clinician-portal.ts';
import { AccessRecord } from '../pages/access-record.ts';
import { EmergencyAccess } from '../pages/emergency-access.ts';
import type { PatientPortal } from '../pages/patient-portal.ts';
import { checkAccess } from '../support/axe.ts';
import { answerOf, type OpenedCase, openCase, signedIn } from '../support/clinic.ts';
import { expect } from '../support/expect.ts';
import { emailAbout } from '../support/mail.ts';
import { chen, demoPassword, noor, type Patient, whitaker } from '../support/people.ts';
import { openTalk } from '../support/registering.ts';
import { tellStory } from '../support/story.ts';
import { passFreshness } from '../support/time.ts';

const lena: Patient = {
  name: 'Lena Castellanos',
  email: 'lena.castellanos@example.com',
  mobile: '(415) 555-0188',
  password: 'seven quiet lanterns',
};
const secret = 'Please take the half dose on Mondays.';
const reason = 'She called in with chest pain and needs the dose; Dr Chen is on a flight.';

describe('an administrator opens one talk in an emergency', () => {
  const story = tellStory();
  let opened: OpenedCase;
  let talkId: string;
  let doctor: ClinicianPortal;
  let patient: PatientPortal;
  let administrator: ClinicianPortal;
  let emergency: EmergencyAccess;

  test('the doctor and her patient talk', async () => {
    opened = await openCase(story.product, { owner: chen, members: [noor], patientName: lena.name });
    ({ talkId } = await openTalk(story.product, story.mailroom, opened, lena, secret));
    doctor = await story.clinician('doctor');
    await doctor.signIn(chen);
    await doctor.goToTalk(opened.id);
    await expect(doctor.shown(`Private: only you and ${lena.name} can read this.`).first()).toBeVisible();
    patient = await story.patient('patient', { width: 375 });
    await patient.signIn(lena);
    await patient.openInbox();
    await patient.openConversation(chen.name);
    await expect(patient.shown(`Private: only you and ${chen.name} can read this.`)).toBeVisible();
    await checkAccess(patient.page);
  });

  test('the administrator sees no case and no talk, and is offered the emergency', async () => {
    administrator = await story.clinician('administrator', { theme: 'dark' });
    await administrator.signIn(whitaker);
    await expect(administrator.shown('You have no cases yet')).toBeVisible();
    await administrator.page.goto(`/cases/${opened.id}/patient-talk`);
    await expect(administrator.heading('Page not found')).toBeVisible();
    await expect(administrator.page.getByText(lena.name)).toHaveCount(0);
    await checkAccess(administrator.page);
    const client = await signedIn(story.product, 'clinician', whitaker.email, demoPassword);
    const attempts = await Promise.all([
      client.getCase({ params: { caseId: opened.id } }),
      client.getTalk({ params: { talkId } }),
      client.listMessages({ params: { talkId } }),
    ]);
    expect(attempts.map((attempt) => (attempt.ok ? 'answered' : attempt.problem.code))).toEqual([
      'not-found',
      'not-found',
      'not-found',
    ]);
  });

  test('the form wants to know whose talk and why, and says what will happen', async () => {
    emergency = new EmergencyAccess(administrator.page);
    await emergency.openFormFrom(opened.id);
    await expect(administrator.shown(/are told at once, by email and in their talk/)).toBeVisible();
    await checkAccess(administrator.page);
    await emergency.goOn();
    const alert = administrator.page.getByRole('alert');
    await expect(alert).toContainText('Choose whose talk it is');
    await expect(alert).toContainText('Say why in at least 10 characters');
    await checkAccess(administrator.page);
  });

  test('a colleague who has no talk with this patient leads nowhere', async () => {
    await emergency.fillIn({ clinicianName: noor.name, reason });
    await emergency.goOn();
    await expect(emergency.question).toBeVisible();
    await checkAccess(administrator.page);
    await emergency.agree();
    await expect(administrator.page.getByRole('alert')).toContainText('There is no such talk.');
  });

  test('before it opens, the administrator proves again who it is', async () => {
    await passFreshness(story.database, whitaker.email);
    await emergency.fillIn({ clinicianName: chen.name, reason });
    await emergency.goOn();
    await emergency.agree();
    const dialog = administrator.page.getByRole('dialog', { name: 'Is it still you?' });
    await dialog.getByLabel('Your password', { exact: true }).fill(demoPassword);
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await expect(administrator.appCodeField).toBeVisible();
    await checkAccess(administrator.page);
    await administrator.appCodeField.fill(await administrator.appCode(whitaker));
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await expect(dialog).toBeHidden();
  });

  test('the talk is open to read, and a clock runs', async () => {
    await expect(emergency.clock).toHaveText(/^Emergency access: (30:00|29:\d\d) left$/);
    await expect(administrator.talk.message(secret)).toBeVisible();
    await expect(administrator.talk.composer).toHaveCount(0);
    await checkAccess(administrator.page);
  });

  test('the doctor and the patient see it at once, without a reload', async () => {
    const readers = new RegExp(`can read this\\.$`);
    await expect(
      doctor.shown(/^Private: only you, .*, and Paul Whitaker \(emergency access until /).first(),
    ).toBeVisible();
    await expect(doctor.shown(/^Emergency access is open until /)).toBeVisible();
    await expect(doctor.shown(new RegExp(reason.slice(0, 20)))).toBeVisible();
    await checkAccess(doctor.page);
    await expect(patient.shown(readers)).toContainText(`${whitaker.name} (emergency access until `);
    await expect(patient.shown(/^Emergency access is open until /)).toBeVisible();
    await patient.page.getByText('Who and why').click();
    await expect(patient.shown(new RegExp(reason.slice(0, 20)))).toBeVisible();
    await checkAccess(patient.page);
  });

  test('both are told by email too, without a word of what it is about', async () => {
    for (const { email, subject } of [
      { email: lena.email, subject: 'Emergency access to one of your conversations' },
      { email: chen.email, subject: 'Emergency access to one of your patient talks' },
    ]) {
      const mail = await emailAbout(story.mailroom, email, subject);
      expect(`${mail.subject} ${mail.text} ${mail.html}`).not.toMatch(
        /Lena|Castellanos|Whitaker|chest|dose/i,
      );
    }
  });

  test('ended by the administrator, the talk is closed again', async () => {
    await emergency.endNow();
    await expect(administrator.heading('This emergency access has ended')).toBeVisible();
    await expect(administrator.page.getByText(secret)).toHaveCount(0);
    await expect(administrator.page.getByText(lena.name)).toHaveCount(0);
    await checkAccess(administrator.page);
    await administrator.page.reload();
    await expect(administrator.heading('This emergency access has ended')).toBeVisible();
    await expect(doctor.shown(/^Emergency access is open until /)).toBeHidden();
    await expect(doctor.shown(`Private: only you and ${lena.name} can read this.`).first()).toBeVisible();
    await expect(patient.shown(/^Emergency access on .*, ended$/)).toBeVisible();
    await expect(patient.shown(`Private: only you and ${chen.name} can read this.`)).toBeVisible();
    const client = await signedIn(story.product, 'clinician', whitaker.email, demoPassword);
    const { data } = await answerOf(client.listBreakGlassGrants());
    const grantId = data.find((grant) => grant.talkId === talkId)?.id ?? '';
    const messages = await client.listBreakGlassMessages({ params: { grantId } });
    expect(messages.ok ? 'answered' : messages.problem.code).toBe('not-found');
  });

  test('it stays in the list of the administrator, without the patient’s name', async () => {
    await administrator.page.getByRole('main').getByRole('link', { name: 'Emergency access' }).last().click();
    await expect(administrator.heading('Emergency access')).toBeVisible();
    await expect(administrator.shown(`Talk of ${chen.name}`).first()).toBeVisible();
    await expect(administrator.page.getByText(lena.name)).toHaveCount(0);
    await checkAccess(administrator.page);
  });

  test('it stays in the patient’s record of who has seen this', async () => {
    await patient.page.getByRole('link', { name: 'Who has seen this' }).click();
    const record = new AccessRecord(patient.page);
    await expect(record.entry(`${whitaker.name} started an emergency access`)).toContainText(reason);
    await expect(
      record.entry(`${whitaker.name} read the conversation by emergency access`).first(),
    ).toBeVisible();
    await expect(record.entry(`${whitaker.name} ended the emergency access`)).toBeVisible();
    await checkAccess(patient.page);
  });
});
