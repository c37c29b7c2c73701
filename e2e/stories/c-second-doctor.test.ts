import type { Client } from '@casetalk/client';
import { describe, test } from 'vitest';
import type { ClinicianPortal } from '../pages/clinician-portal.ts';
import type { PatientPortal } from '../pages/patient-portal.ts';
import { checkAccess } from '../support/axe.ts';
import { answerOf, openCase, signedIn } from '../support/clinic.ts';
import { expect } from '../support/expect.ts';
import { linkIn } from '../support/mail.ts';
import { chen, demoPassword, okafor, type Patient } from '../support/people.ts';
import { openTalk } from '../support/registering.ts';
import { tellStory } from '../support/story.ts';

const pilar: Patient = {
  name: 'Pilar Escudero',
  email: 'pilar.escudero@example.com',
  mobile: '(415) 555-0154',
  password: 'seven quiet lanterns',
};
const fromChen = 'Chen: please keep the leg up this week.';
const fromOkafor = 'Okafor: I would like to hear about your sleep.';
const toChen = 'To Chen alone: the knee is better.';
const toOkafor = 'To Okafor alone: I sleep badly.';

describe('a second doctor of the case invites the same patient', () => {
  const story = tellStory();
  let first: Client;
  let caseId: string;
  let firstTalk: string;
  let second: ClinicianPortal;
  let patient: PatientPortal;
  let account: readonly unknown[];

  const readAccount = () =>
    story.database.rows(
      `select id, phone, phone_kind, password_hash, terms_version, created_at from patients where email = $1`,
      [pilar.email],
    );

  test('she has registered through the first doctor', async () => {
    const opened = await openCase(story.product, {
      owner: chen,
      members: [okafor],
      patientName: pilar.name,
    });
    caseId = opened.id;
    first = opened.client;
    firstTalk = (await openTalk(story.product, story.mailroom, opened, pilar, fromChen)).talkId;
    account = await readAccount();
    expect(account).toHaveLength(1);
  });

  test('the second doctor still starts at “not invited by you”, and invites', async () => {
    second = await story.clinician('second doctor');
    await second.signIn(okafor);
    await expect(second.page.getByRole('row').filter({ hasText: pilar.name })).toContainText(
      'Not invited by you',
    );
    await second.viewCase(pilar.name);
    await second.openTab('Patient Talk');
    await expect(second.notInvited).toBeVisible();
    await expect(second.page.getByText(fromChen)).toHaveCount(0);
    await checkAccess(second.page);
    await second.clickHere.click();
    await second.fillInvite({ email: pilar.email, mobile: '(415) 555-0199', firstMessage: fromOkafor });
    await second.sendInvite(pilar.email);
    await second.closeInvite();
  });

  test('the link leads her to sign in, not to register again', async () => {
    const [latest] = await story.mailroom.emails({ to: pilar.email });
    const email =
      latest?.arrivedAt && latest.text?.includes('/invitation#')
        ? latest
        : await story.mailroom.nextEmail({ to: pilar.email, ...(latest && { after: latest.id }) });
    patient = await story.patient('patient', { width: 375 });
    await patient.openLink(linkIn(email));
    await patient.button('Continue').click();
    await expect(patient.heading('Sign in to your Secure Inbox')).toBeVisible();
    await expect(patient.shown(/^You have an account already\./)).toBeVisible();
    await checkAccess(patient.page);
    await patient.signInHere(pilar);
    await patient.proveDevice(pilar);
    await patient.openInbox();
  });

  test('she sees who invites and accepts: two talks stand in the inbox', async () => {
    await expect(patient.shown(`${okafor.name} invites you to a private conversation`)).toBeVisible();
    await checkAccess(patient.page);
    await patient.button(`Accept the invitation of ${okafor.name}`).click();
    await expect(patient.talk.message(fromOkafor)).toBeVisible();
    await checkAccess(patient.page);
    await patient.talk.say(toOkafor);
    await patient.page.getByRole('link', { name: 'All conversations' }).click();
    await expect(patient.conversation(chen.name)).toBeVisible();
    await expect(patient.conversation(okafor.name)).toBeVisible();
    await checkAccess(patient.page);
    await patient.openConversation(chen.name);
    await patient.talk.say(toChen);
  });

  test('neither doctor sees the other’s talk', async () => {
    await expect(second.talk.message(toOkafor)).toBeVisible();
    await expect(second.page.getByText(toChen)).toHaveCount(0);
    await expect(second.page.getByText(fromChen)).toHaveCount(0);
    await checkAccess(second.page);

    const secondApi = await signedIn(story.product, 'clinician', okafor.email, demoPassword);
    const { data: mine } = await answerOf(secondApi.listTalks({ query: { caseId } }));
    expect(mine).toHaveLength(1);
    const secondTalk = mine[0]?.id ?? '';
    expect(secondTalk).not.toBe(firstTalk);
    const attempts = await Promise.all([
      first.getTalk({ params: { talkId: secondTalk } }),
      first.listMessages({ params: { talkId: secondTalk } }),
      secondApi.getTalk({ params: { talkId: firstTalk } }),
      secondApi.listMessages({ params: { talkId: firstTalk } }),
    ]);
    for (const attempt of attempts) expect(attempt.ok ? 'answered' : attempt.problem.code).toBe('not-found');
    const { data: messages } = await answerOf(first.listMessages({ params: { talkId: firstTalk } }));
    expect(messages.map(({ text }) => text)).toEqual([toChen, fromChen]);
  });

  test('the invitation touched neither the account’s password nor its phone', async () => {
    expect(await readAccount()).toEqual(account);
  });
});
