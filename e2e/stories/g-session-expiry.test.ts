import { describe, test } from 'vitest';
import type { PatientPortal } from '../pages/patient-portal.ts';
import { checkAccess } from '../support/axe.ts';
import { answerOf, openCase, type OpenedCase } from '../support/clinic.ts';
import { expect } from '../support/expect.ts';
import { chen, type Patient } from '../support/people.ts';
import { note } from '../support/pictures.ts';
import { openTalk } from '../support/registering.ts';
import { tellStory } from '../support/story.ts';
import { passIdleTime } from '../support/time.ts';

const orla: Patient = {
  name: 'Orla Brennan',
  email: 'orla.brennan@example.com',
  mobile: '(415) 555-0165',
  password: 'seven quiet lanterns',
};
const begun = 'I began to write this before lunch';
const readings = note('readings.txt', '136 over 80');

describe('a session that ran out keeps what was begun', () => {
  const story = tellStory();
  let opened: OpenedCase;
  let talkId: string;
  let patient: PatientPortal;

  /** She was away for too long, and the API knows it. */
  async function goAway(): Promise<void> {
    await passIdleTime(story.database, orla.email);
    await expect
      .poll(async () => (await patient.page.request.get('/v1/sessions/current')).status())
      .toBe(401);
  }

  test('she begins a message and adds a file', async () => {
    opened = await openCase(story.product, { owner: chen, patientName: orla.name });
    ({ talkId } = await openTalk(story.product, story.mailroom, opened, orla));
    patient = await story.patient('patient', { width: 375 });
    await patient.signIn(orla);
    await patient.openInbox();
    await patient.openConversation(chen.name);
    await patient.talk.write(begun);
    await patient.talk.addFiles([readings]);
    await expect(patient.shown('Draft saved')).toBeVisible();
    await checkAccess(patient.page);
  });

  test('after too long a pause she has to sign in, and stands at the same place with her draft', async () => {
    await goAway();
    const place = patient.page.url();
    await patient.page.reload();
    await expect(patient.heading('Sign in to your Secure Inbox')).toBeVisible();
    await expect(patient.page.getByText(begun)).toHaveCount(0);
    await checkAccess(patient.page);
    await patient.signInHere(orla);
    await expect(patient.talk.composer).toHaveValue(begun);
    await expect(patient.shown(readings.name)).toBeVisible();
    expect(patient.page.url()).toBe(place);
    await checkAccess(patient.page);
  });

  test('what she types after the session ran out is not lost either, and stays in no storage', async () => {
    await goAway();
    await patient.talk.composer.fill(`${begun}, and more`);
    await expect(patient.heading('Sign in to your Secure Inbox')).toBeVisible();
    await patient.signInHere(orla);
    await expect(patient.talk.composer).toHaveValue(`${begun}, and more`);
    await expect(patient.shown('Draft saved')).toBeVisible();
    const kept = () => JSON.stringify([localStorage, sessionStorage]);
    expect(await patient.page.evaluate(kept)).not.toContain('before lunch');
    await patient.talk.composer.fill(begun);
    await expect(patient.shown('Draft saved')).toBeVisible();
  });

  test('pressing Send after too long a pause loses nothing either', async () => {
    await goAway();
    await patient.talk.send();
    await expect(patient.heading('Sign in to your Secure Inbox')).toBeVisible();
    await expect(patient.shown(/^You were signed out because you were away/)).toBeVisible();
    await checkAccess(patient.page);
    await patient.signInHere(orla);
    await expect(patient.talk.message(begun)).toBeVisible();
    const again = patient.button('Try again');
    if (await again.isVisible()) await again.click();
    await expect(patient.talk.log.getByText('Sent', { exact: true })).toBeVisible();
    await checkAccess(patient.page);
  });

  test('the doctor has the message once, with its file', async () => {
    const { data } = await answerOf(opened.client.listMessages({ params: { talkId } }));
    expect(data.filter(({ text }) => text === begun)).toHaveLength(1);
    expect(data[0]?.attachments.map(({ name }) => name)).toEqual([readings.name]);
  });
});
