import type { Locator } from 'playwright';
import { describe, test } from 'vitest';
import type { PatientPortal } from '../pages/patient-portal.ts';
import { checkAccess } from '../support/axe.ts';
import { openCase } from '../support/clinic.ts';
import { expect } from '../support/expect.ts';
import { codeHeardIn } from '../support/mail.ts';
import { e164, okafor, type Patient } from '../support/people.ts';
import { openTalk } from '../support/registering.ts';
import { tellStory } from '../support/story.ts';
import { passFreshness } from '../support/time.ts';

const edith: Patient = {
  name: 'Edith Holm',
  email: 'edith.holm@example.com',
  mobile: '(415) 555-0181',
  password: 'seven quiet lanterns',
};
const newMobile = '(415) 555-0182';
const failed = 'The text message did not arrive.';

describe('a text that does not arrive long after the registration', () => {
  const story = tellStory();
  let tablet: PatientPortal;

  /** A phone network takes a text, and says a moment later that it could not deliver it. */
  const refuseTexts = (mobile: string) =>
    story.mailroom.setSwitchesFor(e164(mobile), { text: { outcome: 'undelivered', callbackDelayMs: 1500 } });

  /** Nothing was pressed since the code was asked for: the screen tells, and the call brings the code. */
  async function callInstead(screen: Locator, mobile: string): Promise<string> {
    await expect(screen.getByText(failed, { exact: true })).toBeVisible();
    await checkAccess(tablet.page);
    const to = e164(mobile);
    const [before] = await story.mailroom.calls({ to });
    await screen.getByRole('button', { name: 'Call me instead' }).click();
    const call = await story.mailroom.nextCall({ to, ...(before && { after: before.id }) });
    await expect(screen.getByText(failed, { exact: true })).toBeHidden();
    return codeHeardIn(call);
  }

  test('is told on the sign-in’s screen by itself, and a call opens the inbox', async () => {
    const opened = await openCase(story.product, { owner: okafor, patientName: edith.name });
    await openTalk(story.product, story.mailroom, opened, edith);
    await refuseTexts(edith.mobile);
    tablet = await story.patient('tablet', { width: 375 });
    await tablet.page.goto('/');
    await tablet.signInHere(edith);
    await tablet.chooseMethod('Text message to ••• ••81');
    await tablet.enterCode(await callInstead(tablet.page.getByRole('main'), edith.mobile));
    await expect(tablet.inboxLink).toBeVisible();
  });

  test('is told where she is asked whether it is still her', async () => {
    await passFreshness(story.database, edith.email);
    await tablet.page.goto('/account/phone');
    await tablet.page.getByRole('textbox', { name: 'Phone number' }).fill(newMobile);
    await tablet.page.getByRole('radio', { name: 'Mobile phone' }).check();
    await tablet.button('Continue').click();
    const question = tablet.page.getByRole('dialog', { name: 'Is it still you?' });
    const goOn = question.getByRole('button', { name: 'Continue' });
    await question.getByLabel('Your password', { exact: true }).fill(edith.password);
    await goOn.click();
    await question.getByRole('radio', { name: 'Text message to ••• ••81' }).check();
    await goOn.click();
    const code = await callInstead(question, edith.mobile);
    await question.getByRole('textbox', { name: 'Security code' }).fill(code);
    await goOn.click();
    await expect(tablet.heading('How should we send your code?')).toBeVisible();
  });

  test('is told for a new number too, which is still asked for after a reload', async () => {
    await refuseTexts(newMobile);
    await tablet.page.reload();
    await tablet.chooseMethod('Text message to ••• ••82');
    await tablet.page.reload();
    await expect(tablet.heading('Check your phone')).toBeVisible();
    await tablet.enterCode(await callInstead(tablet.page.getByRole('main'), newMobile));
    await expect(tablet.heading('Your phone number is changed')).toBeVisible();
    await tablet.page.getByRole('link', { name: 'Back to your account' }).click();
    await expect(tablet.shown('Number ending in 82')).toBeVisible();
    await tablet.page.getByRole('link', { name: 'Change phone number' }).click();
    await expect(tablet.heading('What is your new phone number?')).toBeVisible();
  });
});
