import { describe, test } from 'vitest';
import { AccessRecord } from '../pages/access-record.ts';
import type { ClinicianPortal } from '../pages/clinician-portal.ts';
import type { PatientPortal } from '../pages/patient-portal.ts';
import { checkAccess } from '../support/axe.ts';
import { openCase, signedIn } from '../support/clinic.ts';
import { expect } from '../support/expect.ts';
import { chen, demoPassword, noor, okafor, type Patient } from '../support/people.ts';
import { bitmap } from '../support/pictures.ts';
import { openTalk } from '../support/registering.ts';
import { tellStory } from '../support/story.ts';

const abeni: Patient = {
  name: 'Abeni Balogun',
  email: 'abeni.balogun@example.com',
  mobile: '(415) 555-0171',
  password: 'seven quiet lanterns',
};
const picture = bitmap('rash-on-arm.bmp');

describe('a patient looks up who has seen her conversation', () => {
  const story = tellStory();
  let doctor: ClinicianPortal;
  let patient: PatientPortal;
  let record: AccessRecord;
  let caseId: string;
  let talkId: string;

  test('she sends a picture, and her doctor shares it with the case', async () => {
    const opened = await openCase(story.product, {
      owner: chen,
      members: [noor, okafor],
      patientName: abeni.name,
    });
    caseId = opened.id;
    ({ talkId } = await openTalk(story.product, story.mailroom, opened, abeni));
    patient = await story.patient('patient');
    await patient.signIn(abeni);
    await patient.openInbox();
    await patient.openConversation(chen.name);
    await patient.talk.addFiles([picture]);
    await patient.talk.send();
    await expect(patient.talk.file(picture.name)).toBeVisible();
    doctor = await story.clinician('doctor', { theme: 'dark' });
    await doctor.signIn(chen);
    await doctor.goToTalk(caseId);
    await doctor.shareButton(picture.name).click();
    await expect(doctor.sharedNotice).toBeVisible();
  });

  test('a nurse of the case looks at the picture', async () => {
    const nurse = await story.clinician('nurse');
    await nurse.signIn(noor);
    await nurse.page.goto(`/cases/${caseId}/attachments`);
    await nurse.page.getByRole('button', { name: `View ${picture.name}` }).click();
    await expect(nurse.page.getByRole('dialog').getByRole('img', { name: picture.name })).toBeVisible();
  });

  test('from the conversation she opens the record: who, what and when', async () => {
    await patient.page.getByRole('link', { name: 'Who has seen this' }).click();
    await expect(patient.heading('Who has seen this')).toBeVisible();
    await expect(patient.shown(/Every time anyone opens this conversation/)).toBeVisible();
    record = new AccessRecord(patient.page);
    await expect(record.entry(`${chen.name} opened the conversation`).first()).toContainText(
      'Harbor Street Clinic',
    );
    await expect(record.entry(`${chen.name} shared ${picture.name} with everyone on the case`)).toBeVisible();
    await expect(record.entry(`${noor.name} opened or downloaded ${picture.name}`)).toContainText(
      'The file was shared with everyone on the case.',
    );
    await expect(record.entry(okafor.name)).toHaveCount(0);
    await expect(patient.page.getByRole('heading', { level: 2, name: 'Today' })).toBeVisible();
    await checkAccess(patient.page);
  });

  test('what the doctor takes back stands there without a reload', async () => {
    await doctor.page.getByRole('button', { name: `Undo sharing ${picture.name}` }).click();
    await expect(record.entry(`${chen.name} stopped sharing ${picture.name}`)).toBeVisible();
  });

  test('from her account she sees the same for all her conversations', async () => {
    await patient.page.goto('/account');
    await checkAccess(patient.page);
    await patient.page.getByRole('link', { name: 'Who has seen your conversations' }).click();
    await expect(patient.heading('Who has seen your conversations')).toBeVisible();
    await expect(record.entry(`${noor.name} opened or downloaded ${picture.name}`)).toBeVisible();
    await checkAccess(patient.page);
  });

  test('in Spanish it says the same', async () => {
    await patient.page.getByRole('radio', { name: 'Español' }).click();
    await expect(patient.heading('Quién ha visto sus conversaciones')).toBeVisible();
    await expect(record.entry(`${noor.name} abrió o descargó ${picture.name}`)).toBeVisible();
    await checkAccess(patient.page);
  });

  test('the doctor sees the record of her talk beside it', async () => {
    await doctor.page.getByRole('button', { name: 'Who has seen this' }).first().click();
    const dialog = doctor.page.getByRole('dialog', { name: 'Who has seen this' });
    await expect(dialog.getByText(`${noor.name} opened or downloaded ${picture.name}`)).toBeVisible();
    await expect(dialog.getByText(`${abeni.name} opened the conversation`).first()).toBeVisible();
    await checkAccess(doctor.page);
    await doctor.page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  });

  test('a colleague on the case sees no record of a talk that is not hers', async () => {
    const colleague = await signedIn(story.product, 'clinician', noor.email, demoPassword);
    const asked = await colleague.listTalkAccessEvents({ params: { talkId } });
    expect(asked.ok ? 'answered' : asked.problem.code).toBe('not-found');
  });
});
