import { describe, test } from 'vitest';
import type { ClinicianPortal } from '../pages/clinician-portal.ts';
import type { PatientPortal } from '../pages/patient-portal.ts';
import { checkAccess } from '../support/axe.ts';
import { openCase, type OpenedCase } from '../support/clinic.ts';
import { expect } from '../support/expect.ts';
import { expectOnlyBrokenLines, LossyLine } from '../support/lost-answers.ts';
import { okafor, type Patient } from '../support/people.ts';
import { note } from '../support/pictures.ts';
import { openTalk } from '../support/registering.ts';
import { tellStory } from '../support/story.ts';

const ines: Patient = {
  name: 'Ines Almeida',
  email: 'ines.almeida@example.com',
  mobile: '(415) 555-0176',
  password: 'seven quiet lanterns',
};
const said = 'The rash is almost gone.';
const plan = note('plan.txt', 'Twice a day');
const messagesAddress = /\/v1\/talks\/[^/]+\/messages/;

describe('an answer that gets lost doubles nothing', () => {
  const story = tellStory();
  let opened: OpenedCase;
  let talkId: string;
  let patient: PatientPortal;
  let doctor: ClinicianPortal;

  const sentByPatient = () =>
    story.database.count(`select count(*) from messages where talk_id = $1 and sender = 'patient'`, [talkId]);

  test('a message: sent again after a reload, under the same key', async () => {
    opened = await openCase(story.product, { owner: okafor, patientName: ines.name });
    ({ talkId } = await openTalk(story.product, story.mailroom, opened, ines));
    patient = await story.patient('patient', { width: 375 });
    await patient.signIn(ines);
    await patient.openInbox();
    await patient.openConversation(okafor.name);
    const { page } = patient;
    // What she is shown stays as it was before, so that nothing but her second press can tell her that it arrived.
    const before = await (await page.request.get(`/v1/talks/${talkId}/messages`)).text();
    await page.route(messagesAddress, (route) =>
      route.request().method() === 'GET'
        ? route.fulfill({ contentType: 'application/json', body: before })
        : route.fallback(),
    );
    const line = await LossyLine.on(page, messagesAddress);
    await patient.talk.write(said);
    await patient.talk.send();
    await expect(patient.talk.log.getByText('Not sent.')).toBeVisible();
    await checkAccess(page);
    expect(await sentByPatient()).toBe(1);
    await page.reload();
    await expect(patient.talk.message(said)).toBeVisible();
    await expect(patient.talk.composer).toHaveValue('');
    await patient.button('Try again').click();
    await expect.poll(() => line.keys.length).toBe(2);
    const [first, again] = line.keys;
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(again).toBe(first);
    await page.unrouteAll({ behavior: 'wait' });
    await page.reload();
    await expect(patient.talk.message(said)).toHaveCount(1);
    await expect(patient.talk.log.getByText('Not sent.')).toBeHidden();
    expect(await sentByPatient()).toBe(1);
    expectOnlyBrokenLines(story);
  });

  test('a file: tried again it is the same file', async () => {
    const { page } = patient;
    const line = await LossyLine.on(page, /\/v1\/talks\/[^/]+\/uploads/);
    const choosing = page.waitForEvent('filechooser');
    await patient.talk.addFilesButton.click();
    await (await choosing).setFiles([plan]);
    await patient.button(`Try again to upload ${plan.name}`).click();
    await expect(patient.shown('Ready to send')).toBeVisible();
    expect(new Set(line.keys).size).toBe(1);
    expect(line.keys).toHaveLength(2);
    const files = `select count(*) from attachments where talk_id = $1`;
    expect(await story.database.count(files, [talkId])).toBe(1);
    await page.unrouteAll({ behavior: 'wait' });
    await patient.talk.send();
    await expect(patient.talk.file(plan.name)).toBeVisible();
    expectOnlyBrokenLines(story);
  });

  test('a share: pressed again it is one share', async () => {
    doctor = await story.clinician('doctor');
    await doctor.signIn(okafor);
    await doctor.goToTalk(opened.id);
    await expect(doctor.shareButton(plan.name)).toBeVisible();
    await LossyLine.on(doctor.page, /\/v1\/attachments\/[^/]+\/share/);
    await doctor.shareButton(plan.name).click();
    // The live update may tell her before she presses again.
    await expect(doctor.shareButton(plan.name).or(doctor.sharedNotice).first()).toBeVisible();
    if (await doctor.shareButton(plan.name).isVisible()) {
      await doctor
        .shareButton(plan.name)
        .click({ timeout: 2000 })
        .catch(() => undefined);
    }
    await expect(doctor.sharedNotice).toBeVisible();
    await expect(doctor.shareButton(plan.name)).toBeHidden();
    const shares = `select count(*) from case_attachments where case_id = $1`;
    expect(await story.database.count(shares, [opened.id])).toBe(1);
    await doctor.page.unrouteAll({ behavior: 'wait' });
    expectOnlyBrokenLines(story);
  });

  test('an invitation: sent again it is one invitation, and one email', async () => {
    const email = 'rosa.keller@example.com';
    const { id } = await openCase(story.product, { owner: okafor, patientName: 'Rosa Keller' });
    await doctor.goToTalk(id);
    await doctor.clickHere.click();
    await doctor.fillInvite({ email, mobile: '(415) 555-0177', firstMessage: 'How are you today?' });
    const line = await LossyLine.on(doctor.page, /\/v1\/cases\/[^/]+\/invitations/);
    const sendButton = doctor.inviteDialog.getByRole('button', { name: 'Send', exact: true });
    await sendButton.click();
    await expect(doctor.inviteDialog.getByRole('alert')).toBeVisible();
    await checkAccess(doctor.page);
    await doctor.sendInvite(email);
    expect(new Set(line.keys).size).toBe(1);
    expect(line.keys).toHaveLength(2);
    const invitations = `select count(*) from invitations where case_id = $1`;
    expect(await story.database.count(invitations, [id])).toBe(1);
    await doctor.closeInvite();
    await expect(doctor.step('Delivered')).toBeVisible();
    expect(await story.mailroom.emails({ to: email })).toHaveLength(1);
    await doctor.page.unrouteAll({ behavior: 'wait' });
    expectOnlyBrokenLines(story);
  });
});
