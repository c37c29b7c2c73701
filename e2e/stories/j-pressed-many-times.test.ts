import type { Client } from '@casetalk/client';
import { describe, test } from 'vitest';
import type { ClinicianPortal } from '../pages/clinician-portal.ts';
import type { PatientPortal } from '../pages/patient-portal.ts';
import { checkAccess } from '../support/axe.ts';
import { answerOf, openCase, signedIn } from '../support/clinic.ts';
import { expect } from '../support/expect.ts';
import { type Patient, okafor } from '../support/people.ts';
import { bitmap } from '../support/pictures.ts';
import { openTalk } from '../support/registering.ts';
import { tellStory } from '../support/story.ts';

const greta: Patient = {
  name: 'Greta Halvorsen',
  email: 'greta.halvorsen@example.com',
  mobile: '(415) 555-0168',
  password: 'seven quiet lanterns',
};
const byApi = 'Sent twenty times at once with one key.';
const byHand = 'Pressed twice in a hurry.';
const first = bitmap('first.bmp');
const second = bitmap('second.bmp');

const twentyTimes = <T>(act: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: 20 }, () => act()));

describe('Send and Share, pressed again and again', () => {
  const story = tellStory();
  let talkId: string;
  let caseId: string;
  let doctorApi: Client;
  let patientApi: Client;
  let patient: PatientPortal;
  let tabs: readonly [ClinicianPortal, ClinicianPortal];

  /** What a message says is sealed: they are told apart by who sent them, and when. */
  const messagesOfPatient = () =>
    story.database.rows<{ id: string }>(
      `select id from messages where talk_id = $1 and sender = 'patient' order by created_at, id`,
      [talkId],
    );
  const attachmentNamed = async (fileName: string): Promise<string> => {
    const { data } = await answerOf(doctorApi.listMessages({ params: { talkId } }));
    const file = data.flatMap(({ attachments }) => attachments).find(({ name }) => name === fileName);
    return file?.id ?? '';
  };
  const auditsOf = (action: string, resourceId: string) =>
    story.database.count(
      `select count(*) from audit_events where action = $1 and resource_id = $2 and outcome = 'success'`,
      [action, resourceId],
    );
  const sharesOf = async (fileName: string) =>
    story.database.rows<{ id: string }>(
      `select c.id from case_attachments c join attachments a on a.file_id = c.file_id
       where c.case_id = $1 and a.id = $2`,
      [caseId, await attachmentNamed(fileName)],
    );

  test('twenty sends at once with one key make one message and one audit event', async () => {
    const opened = await openCase(story.product, { owner: okafor, patientName: greta.name });
    caseId = opened.id;
    doctorApi = opened.client;
    ({ talkId } = await openTalk(story.product, story.mailroom, opened, greta));
    patientApi = await signedIn(story.product, 'patient', greta.email, greta.password);
    const idempotencyKey = crypto.randomUUID();
    const answers = await twentyTimes(() =>
      patientApi.sendMessage({ params: { talkId }, body: { text: byApi } }, { idempotencyKey }),
    );
    const refused = answers.flatMap((answer) => (answer.ok ? [] : [answer.problem.code]));
    expect(refused.filter((code) => code !== 'busy-try-again')).toEqual([]);
    const sent = await messagesOfPatient();
    expect(sent).toHaveLength(1);
    const ids = new Set(answers.flatMap((answer) => (answer.ok ? [answer.data.id] : [])));
    expect([...ids]).toEqual([sent[0]?.id]);
    expect(await auditsOf('message.sent', sent[0]?.id ?? '')).toBe(1);
  });

  test('a hurried double press of Send makes one message', async () => {
    patient = await story.patient('patient');
    await patient.signIn(greta);
    await patient.openInbox();
    await patient.openConversation(okafor.name);
    await patient.talk.write(byHand);
    await patient.talk.sendButton.dblclick();
    await expect(patient.talk.message(byHand)).toBeVisible();
    await expect(patient.talk.log.getByText('Sent', { exact: true })).toBeVisible();
    await expect(patient.talk.message(byHand)).toHaveCount(1);
    await checkAccess(patient.page);
    const [, ...sent] = await messagesOfPatient();
    expect(sent).toHaveLength(1);
    expect(await auditsOf('message.sent', sent[0]?.id ?? '')).toBe(1);
  });

  test('Share pressed twice in each of two tabs makes one share', async () => {
    await patient.talk.addFiles([first, second]);
    await patient.talk.send();
    await expect(patient.talk.file(first.name)).toBeVisible();
    const one = await story.clinician('doctor');
    await one.signIn(okafor);
    await one.goToTalk(caseId);
    const other = await story.anotherTab(one);
    await other.goToTalk(caseId);
    tabs = [one, other];
    for (const tab of tabs) await expect(tab.shareButton(first.name)).toBeVisible();
    // Both buttons are at hand before either is pressed: the first share takes the other tab's button away.
    const buttons = await Promise.all(tabs.map((tab) => tab.shareButton(first.name).elementHandle()));
    await Promise.all(
      buttons.map((button) =>
        button?.evaluate((element) => {
          (element as HTMLElement).click();
          (element as HTMLElement).click();
        }),
      ),
    );
    for (const tab of tabs) {
      await expect(tab.shareButton(first.name)).toBeHidden();
      await expect(tab.sharedNotice).toBeVisible();
      await expect(tab.shareButton(second.name)).toBeVisible();
    }
    expect(await sharesOf(first.name)).toHaveLength(1);
  });

  test('twenty shares at once make one share and one audit event, and both tabs show it', async () => {
    const attachmentId = await attachmentNamed(second.name);
    const answers = await twentyTimes(() =>
      answerOf(doctorApi.shareAttachment({ params: { attachmentId } })),
    );
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    const shares = await sharesOf(second.name);
    expect(shares).toEqual([{ id: answers[0]?.id }]);
    expect(await auditsOf('attachment.shared', attachmentId)).toBe(1);
    for (const tab of tabs) await expect(tab.shareButton(second.name)).toBeHidden();
    await checkAccess(tabs[1].page);
  });
});
