import { describe, test } from 'vitest';
import type { PatientPortal } from '../pages/patient-portal.ts';
import { checkAccess } from '../support/axe.ts';
import { answerOf, openCase, type OpenedCase } from '../support/clinic.ts';
import { expect } from '../support/expect.ts';
import { expectOnlyBrokenLines } from '../support/lost-answers.ts';
import { chen, type Patient } from '../support/people.ts';
import { note } from '../support/pictures.ts';
import { openTalk } from '../support/registering.ts';
import { tellStory } from '../support/story.ts';

const tomas: Patient = {
  name: 'Tomas Vidal',
  email: 'tomas.vidal@example.com',
  mobile: '(415) 555-0174',
  password: 'seven quiet lanterns',
};
const begun = 'Since Monday the cough';
const finished = 'Since Monday the cough is better in the mornings.';
const readings = note('temperature.txt', '37.9 at noon');

describe('what is begun on one device goes on on another', () => {
  const story = tellStory();
  let opened: OpenedCase;
  let talkId: string;
  let phone: PatientPortal;
  let desk: PatientPortal;

  test('he begins a message with a file on his phone', async () => {
    opened = await openCase(story.product, { owner: chen, patientName: tomas.name });
    ({ talkId } = await openTalk(story.product, story.mailroom, opened, tomas));
    phone = await story.patient('phone', { width: 375 });
    await phone.signIn(tomas);
    await phone.openInbox();
    await phone.openConversation(chen.name);
    await phone.talk.write(begun);
    await phone.talk.addFiles([readings]);
    await expect(phone.shown('Draft saved')).toBeVisible();
    await checkAccess(phone.page);
  });

  test('nothing of it stays in the browser, and nobody else sees it', async () => {
    const kept = () => JSON.stringify([localStorage, sessionStorage]);
    expect(await phone.page.evaluate(kept)).not.toContain('cough');
    const { text } = await answerOf(opened.client.getTalkDraft({ params: { talkId } }));
    expect(text).toBe('');
  });

  test('at his desk the list says so, and text and file stand there', async () => {
    desk = await story.patient('desk', { theme: 'dark' });
    await desk.signIn(tomas);
    await desk.openInbox();
    await expect(desk.conversation(chen.name)).toContainText('Draft');
    await desk.openConversation(chen.name);
    await expect(desk.talk.composer).toHaveValue(begun);
    await expect(desk.shown(readings.name)).toBeVisible();
    await checkAccess(desk.page);
  });

  test('he goes on there, and the phone follows', async () => {
    await desk.talk.write(finished);
    await expect(phone.talk.composer).toHaveValue(finished);
  });

  test('a phone without a connection keeps its own words, and he chooses', async () => {
    await phone.page.context().setOffline(true);
    await phone.talk.write('Written in the train');
    await desk.talk.write(`${finished} Thank you.`);
    await expect(desk.shown('Draft saved')).toBeVisible();
    await phone.page.context().setOffline(false);
    await expect(phone.shown('Newer draft from another device')).toBeVisible();
    await expect(phone.talk.composer).toHaveValue('Written in the train');
    await checkAccess(phone.page);
    await phone.button('Use the newer').click();
    await expect(phone.talk.composer).toHaveValue(`${finished} Thank you.`);
    expectOnlyBrokenLines(story);
  });

  test('sent at the desk, the phone’s composer is empty', async () => {
    await desk.talk.send();
    await expect(desk.talk.message(`${finished} Thank you.`)).toBeVisible();
    await expect(phone.talk.message(`${finished} Thank you.`)).toBeVisible();
    await expect(phone.talk.composer).toHaveValue('');
    await expect(phone.button(`Remove ${readings.name}`)).toBeHidden();
    await expect(desk.talk.composer).toHaveValue('');
    const { data } = await answerOf(opened.client.listMessages({ params: { talkId } }));
    expect(data.filter(({ text }) => text.startsWith(finished))).toHaveLength(1);
    expect(data[0]?.attachments.map(({ name }) => name)).toEqual([readings.name]);
  });

  test('a draft that is discarded is gone on both', async () => {
    await phone.talk.write('Never mind');
    await expect(desk.talk.composer).toHaveValue('Never mind');
    await desk.button('Discard draft').click();
    await checkAccess(desk.page);
    await desk.page.getByRole('dialog').getByRole('button', { name: 'Discard draft' }).click();
    await expect(desk.talk.composer).toHaveValue('');
    await expect(phone.talk.composer).toHaveValue('');
    await phone.page.reload();
    await expect(phone.talk.composer).toHaveValue('');
    await checkAccess(desk.page);
  });

  test('a doctor finds where she has begun to write, in her list of cases and on the case', async () => {
    const doctor = await story.clinician('doctor');
    await doctor.signIn(chen);
    await doctor.goToTalk(opened.id);
    await doctor.talk.write('Good to hear. Please');
    await expect(doctor.shown('Draft saved')).toBeVisible();
    await doctor.viewCases();
    const row = doctor.page.getByRole('row').filter({ hasText: tomas.name });
    await expect(row).toContainText('Draft in Patient Talk');
    await checkAccess(doctor.page);
    await doctor.viewCase(tomas.name);
    await expect(doctor.tab('Patient Talk')).toHaveAccessibleName(/^Patient Talk ?, Draft$/);
    await checkAccess(doctor.page);
    await doctor.openTab('Patient Talk');
    await doctor.talk.say('Good to hear. Please rest.');
    await expect(doctor.tab('Patient Talk')).toHaveAccessibleName('Patient Talk');
  });
});
