import { describe, test } from 'vitest';
import type { PatientPortal } from '../pages/patient-portal.ts';
import { checkAccess } from '../support/axe.ts';
import { invite, openCase } from '../support/clinic.ts';
import { expect } from '../support/expect.ts';
import { codeIn, linkIn } from '../support/mail.ts';
import { chen, e164, type Patient } from '../support/people.ts';
import { tellStory } from '../support/story.ts';

const nadia: Patient = {
  name: 'Nadia Kowalczyk',
  email: 'nadia.kowalczyk@example.com',
  mobile: '(415) 555-0163',
  password: 'seven quiet lanterns',
};

describe('a registration that was interrupted after the code goes on in another browser', () => {
  const story = tellStory();
  let computer: PatientPortal;
  let phone: PatientPortal;
  let link: string;

  /** Asks for a code in this browser and answers the one that comes. */
  async function askForCode(browser: PatientPortal): Promise<string> {
    const [before] = await story.mailroom.texts({ to: e164(nadia.mobile) });
    await browser.chooseMethod('Text message to ••• ••63');
    return codeIn(
      await story.mailroom.nextText({ to: e164(nadia.mobile), ...(before && { after: before.id }) }),
    );
  }

  test('on the computer she proves her phone, accepts the terms, and stops', async () => {
    const opened = await openCase(story.product, { owner: chen, patientName: nadia.name });
    await invite(opened, nadia);
    link = linkIn(await story.mailroom.nextEmail({ to: nadia.email }));
    computer = await story.patient('computer');
    await computer.openLink(link);
    await computer.begin();
    await computer.enterCode(await askForCode(computer));
    await computer.acceptTerms();
    await expect(computer.newPassword).toBeVisible();
  });

  test('in the same browser a reload and the link both lead back to the same step', async () => {
    await computer.page.reload();
    await expect(computer.heading('Set your password')).toBeVisible();
    await computer.openLink(link);
    await computer.button('Continue').click();
    await expect(computer.heading('Set your password')).toBeVisible();
  });

  test('on her phone the link opens again, and asks to prove the phone there too', async () => {
    phone = await story.patient('phone', { width: 375, theme: 'dark' });
    await phone.openLink(link);
    await checkAccess(phone.page);
    await phone.begin();
    await expect(phone.method('Text message to ••• ••63')).toBeChecked();
    await checkAccess(phone.page);
  });

  test('the terms that she accepted are not asked again, and the registration ends there', async () => {
    await phone.enterCode(await askForCode(phone));
    await expect(phone.heading('Set your password')).toBeVisible();
    await checkAccess(phone.page);
    await phone.setPassword(nadia.password);
    await phone.page.getByRole('link', { name: 'Sign In' }).click();
    await phone.signInHere(nadia);
    await phone.openInbox();
    await expect(phone.conversation(chen.name)).toBeVisible();
    expect(
      await story.database.count(
        `select count(*) from terms_acceptances join patients on patients.id = terms_acceptances.patient_id
         where patients.email = $1`,
        [nadia.email],
      ),
    ).toBe(1);
  });

  test('the computer is told that the registration is over there', async () => {
    await computer.page.reload();
    await expect(computer.heading(/^Your (?:registration was paused|account is ready)$/)).toBeVisible();
    await checkAccess(computer.page);
  });
});
