import { AccessRecord } from '../pages/access-record.ts';
import { EmergencyAccess } from '../pages/emergency-access.ts';
import { answerOf, openCase, signedIn } from '../support/clinic.ts';
import { expect } from '../support/expect.ts';
import { chen, demoPassword, lund, noor, type Patient, whitaker } from '../support/people.ts';
import { bitmap } from '../support/pictures.ts';
import { openTalk } from '../support/registering.ts';
import { type Scene, whileApiIs } from './scene.ts';

const ines: Patient = {
  name: 'Inés Carrasco',
  email: 'ines.carrasco@example.com',
  mobile: '(415) 555-0190',
  password: 'seven quiet lanterns',
};
const rosa: Patient = {
  name: 'Rosa Lindgren',
  email: 'rosa.lindgren@example.com',
  mobile: '(415) 555-0191',
  password: 'seven quiet lanterns',
};
const picture = bitmap('rash-on-arm.bmp');

const record: Scene = {
  name: 'who has seen a talk',
  async walk(stage, camera) {
    const { product, mailroom } = stage;
    const opened = await openCase(product, { owner: chen, members: [noor], patientName: ines.name });
    const { talkId } = await openTalk(product, mailroom, opened, ines);
    const sender = await signedIn(product, 'patient', ines.email, ines.password);
    const file = new File([new Uint8Array(picture.buffer)], picture.name, { type: picture.mimeType });
    const { id } = await answerOf(sender.upload('uploadTalkFile', { params: { talkId } }, file));
    await answerOf(
      sender.sendMessage({ params: { talkId }, body: { text: 'Since yesterday.', attachmentIds: [id] } }),
    );
    const patient = await stage.patient('record of the patient');
    const { page } = patient;
    await patient.signIn(ines);
    await page.goto(`/who-has-seen?conversation=${talkId}`);
    await expect(new AccessRecord(page).entry(/^You/).first()).toBeVisible();
    await camera.shoot(page, 'patient/who-has-seen-self');

    const doctor = await stage.clinician('record of the doctor');
    await doctor.signIn(chen);
    await doctor.goToTalk(opened.id);
    await doctor.shareButton(picture.name).click();
    await expect(doctor.sharedNotice).toBeVisible();
    const nurse = await signedIn(product, 'clinician', noor.email, demoPassword);
    const { data } = await answerOf(nurse.listCaseAttachments({ params: { caseId: opened.id } }));
    await answerOf(
      nurse.download('downloadCaseAttachment', { params: { caseAttachmentId: data[0]?.id ?? '' } }),
    );
    const other = await openCase(product, { owner: lund, patientName: ines.name, title: 'Aligners' });
    const { id: invitationId } = await answerOf(
      other.client.createInvitation({ params: { caseId: other.id }, body: { email: ines.email } }),
    );
    await answerOf(sender.acceptInvitation({ params: { invitationId } }));

    await page.reload();
    await expect(new AccessRecord(page).entry(noor.name)).toBeVisible();
    await camera.shoot(page, 'patient/who-has-seen');
    await page.goto('/who-has-seen');
    await expect(new AccessRecord(page).entry(noor.name)).toBeVisible();
    await camera.shoot(page, 'patient/who-has-seen-all');
    await whileApiIs(page, 'silent', /\/access-events\b/, async () => {
      await page.reload();
      await expect(patient.heading('Who has seen your conversations')).toBeVisible();
      await camera.shoot(page, 'patient/who-has-seen-loading');
    });
    await whileApiIs(page, 'away', /\/access-events\b/, async () => {
      await page.reload();
      await expect(patient.button('Try again')).toBeVisible({ timeout: 30_000 });
      await camera.shoot(page, 'patient/who-has-seen-failed');
    });
    await doctor.page.getByRole('button', { name: 'Who has seen this' }).first().click();
    await expect(new AccessRecord(doctor.page).entry(noor.name)).toBeVisible();
    await camera.shoot(doctor.page, 'clinician/who-has-seen');
  },
};

const emergencyAccess: Scene = {
  name: 'an emergency access',
  async walk(stage, camera) {
    const { product, mailroom } = stage;
    const opened = await openCase(product, { owner: chen, members: [noor], patientName: rosa.name });
    const { talkId } = await openTalk(
      product,
      mailroom,
      opened,
      rosa,
      'Please take the half dose on Mondays, and the whole one on other days.',
    );
    const administrator = await stage.clinician('administrator in an emergency');
    const { page } = administrator;
    await administrator.signIn(whitaker);
    await page.goto('/emergency-access');
    await expect(administrator.heading('Emergency access')).toBeVisible();
    await camera.shoot(page, 'clinician/emergency-empty');
    await page.goto(`/cases/${opened.id}`);
    await expect(administrator.heading('Page not found')).toBeVisible();
    await camera.shoot(page, 'clinician/emergency-offered');
    const emergency = new EmergencyAccess(page);
    await emergency.openFormFrom(opened.id);
    await camera.shoot(page, 'clinician/emergency-form');
    await emergency.goOn();
    await expect(page.getByRole('alert')).toBeVisible();
    await camera.shoot(page, 'clinician/emergency-form-errors');
    await emergency.fillIn({
      clinicianName: chen.name,
      reason: 'She called in with chest pain and needs the dose; Dr Chen is on a flight.',
    });
    await emergency.goOn();
    await expect(emergency.question).toBeVisible();
    await camera.shoot(page, 'clinician/emergency-question');
    await emergency.agree();
    await expect(emergency.clock).toBeVisible();
    await expect(administrator.talk.message(/^Please take the half dose/)).toBeVisible();
    await camera.shoot(page, 'clinician/emergency-reading');

    const doctor = await stage.clinician('doctor in an emergency');
    await doctor.signIn(chen);
    await doctor.goToTalk(opened.id);
    await expect(doctor.shown(/^Emergency access is open until /)).toBeVisible();
    await camera.shoot(doctor.page, 'clinician/emergency-told');
    const patient = await stage.patient('patient in an emergency');
    await patient.signIn(rosa);
    await patient.page.goto(`/inbox/${talkId}`);
    await expect(patient.shown(/^Emergency access is open until /)).toBeVisible();
    await camera.shoot(patient.page, 'patient/emergency-told');

    await emergency.endNow();
    await expect(administrator.heading('This emergency access has ended')).toBeVisible();
    await camera.shoot(page, 'clinician/emergency-ended');
    await page.goto('/emergency-access');
    await expect(administrator.shown(`Talk of ${chen.name}`).first()).toBeVisible();
    await camera.shoot(page, 'clinician/emergency-list');
    await expect(patient.shown(/^Emergency access on /)).toBeVisible();
    await camera.shoot(patient.page, 'patient/emergency-over');
    await patient.page.goto(`/who-has-seen?conversation=${talkId}`);
    await expect(new AccessRecord(patient.page).entry('started an emergency access')).toBeVisible();
    await camera.shoot(patient.page, 'patient/who-has-seen-emergency');
  },
};

export const accessScenes: readonly Scene[] = [record, emergencyAccess];
