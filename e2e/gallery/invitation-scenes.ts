import { answerOf, invite, openCase } from '../support/clinic.ts';
import { expect } from '../support/expect.ts';
import { codeIn, linkIn, wrongCodeBeside } from '../support/mail.ts';
import { e164, lund, okafor, type Patient } from '../support/people.ts';
import { register } from '../support/registering.ts';
import type { Stage } from '../support/stage.ts';
import { passCoolDown, passLife } from '../support/time.ts';
import type { Scene } from './scene.ts';

const personOf = (name: string, lastDigits: string): Patient => ({
  name,
  email: `${name.toLowerCase().replace(' ', '.')}@example.com`,
  mobile: `(415) 555-01${lastDigits}`,
  password: 'seven quiet lanterns',
});

async function invited(stage: Stage, person: Pick<Patient, 'name' | 'email'> & Partial<Patient>) {
  const opened = await openCase(stage.product, { owner: lund, patientName: person.name });
  const { id: invitationId } = await invite(opened, person);
  const link = linkIn(await stage.mailroom.nextEmail({ to: person.email }));
  return { opened, invitationId, link };
}

const links: Scene = {
  name: 'the emailed link',
  async walk(stage, camera) {
    const patient = await stage.patient('links');
    const { page } = patient;
    const wrong = await invited(stage, personOf('Gloria Whitfield', '70'));
    await patient.openLink(wrong.link);
    await expect(patient.button('Continue')).toBeVisible();
    await camera.shoot(page, 'patient/link-usable');
    await patient.button('I am not this person').click();
    await camera.shoot(page, 'patient/link-not-me');
    await patient.button('Yes, I am not this person').click();
    await expect(patient.heading('Thank you for telling us')).toBeVisible();
    await camera.shoot(page, 'patient/link-reported');

    const old = await invited(stage, personOf('Henry Castellan', '71'));
    await passLife(stage.database, old.invitationId);
    await patient.openLink(old.link);
    await expect(patient.heading('This invitation has expired')).toBeVisible();
    await camera.shoot(page, 'patient/link-expired');
    await patient.button('Email me a new link').click();
    await expect(patient.shown(/^If this invitation can be renewed/)).toBeVisible();
    await camera.shoot(page, 'patient/link-renewed');

    const withdrawn = await invited(stage, personOf('Silvia Marchetti', '72'));
    await answerOf(
      withdrawn.opened.client.revokeInvitation({ params: { invitationId: withdrawn.invitationId } }),
    );
    await patient.openLink(withdrawn.link);
    await expect(patient.heading('This invitation was withdrawn')).toBeVisible();
    await camera.shoot(page, 'patient/link-revoked');

    const tobias = personOf('Tobias Engel', '73');
    const used = await invited(stage, tobias);
    await register(stage.product, stage.mailroom, used.link, tobias);
    await patient.openLink(used.link);
    await expect(patient.heading('This invitation was used already')).toBeVisible();
    await camera.shoot(page, 'patient/link-used');

    await page.goto('about:blank');
    await patient.openLink(`/invitation#${'A'.repeat(43)}`);
    await expect(patient.heading('We do not know this link')).toBeVisible();
    await camera.shoot(page, 'patient/link-unknown');
  },
};

const registration: Scene = {
  name: 'registration',
  async walk(stage, camera) {
    const ruth = personOf('Ruth Bergmann', '74');
    const mobile = e164(ruth.mobile);
    const opened = await openCase(stage.product, { owner: okafor, patientName: ruth.name });
    await answerOf(
      opened.client.createInvitation({
        params: { caseId: opened.id },
        body: { email: ruth.email, mobile: ruth.mobile, landline: '(415) 555-0175' },
      }),
    );
    const patient = await stage.patient('registration');
    const { page } = patient;
    await patient.openLink(linkIn(await stage.mailroom.nextEmail({ to: ruth.email })));
    await patient.begin();
    await camera.shoot(page, 'patient/method');
    await patient.chooseMethod(patient.words.text('74'));
    await camera.shoot(page, 'patient/code');
    const code = codeIn(await stage.mailroom.nextText({ to: mobile }));
    await passCoolDown(stage.database, ruth.email);
    await page.reload();
    await patient.button('Re-send Code').click();
    await expect(patient.shown(/The earlier message works too\.$/)).toBeVisible();
    await camera.shoot(page, 'patient/code-sent-again');
    await patient.enterCode('12');
    await expect(patient.problem(/enough numbers/)).toBeVisible();
    await camera.shoot(page, 'patient/code-too-short');
    await patient.enterCode(wrongCodeBeside(code));
    await expect(patient.problem('Enter a correct security code')).toBeVisible();
    await camera.shoot(page, 'patient/code-wrong');
    await patient.shown('I cannot get a code').click();
    await camera.shoot(page, 'patient/code-help');
    await passCoolDown(stage.database, ruth.email);
    await page.reload();
    await patient.button('Change Delivery Method').click();
    await patient.chooseMethod('Phone call to ••• ••75 (landline)');
    await camera.shoot(page, 'patient/code-call');
    await patient.enterCode(code);
    await expect(patient.button('I Accept')).toBeVisible();
    await camera.shoot(page, 'patient/terms');
    await patient.button('I do not accept').click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await camera.shoot(page, 'patient/terms-decline');
    await patient.button('Back').click();
    await patient.acceptTerms();
    await camera.shoot(page, 'patient/password-empty');
    await patient.button('Continue').click();
    await expect(page.getByRole('alert')).toContainText('There is a problem');
    await camera.shoot(page, 'patient/password-missing');
    await patient.newPassword.fill('aaaaaaaaaaaaaaaa');
    await expect(patient.requirements('met').filter({ hasText: '15 characters' })).toBeVisible();
    await camera.shoot(page, 'patient/password-some');
    await patient.newPassword.fill(ruth.password);
    await patient.passwordAgain.fill(ruth.password);
    await expect(patient.requirements('met')).toHaveCount(5);
    await camera.shoot(page, 'patient/password-met');
    await patient.button('Suggest one').click();
    await camera.shoot(page, 'patient/password-suggested');
    await patient.button('Continue').click();
    await expect(patient.heading('Your account is ready')).toBeVisible();
    await camera.shoot(page, 'patient/done');
  },
};

const otherWays: Scene = {
  name: 'registration with a number of one’s own, too many tries, terms declined',
  async walk(stage, camera) {
    const sofia = personOf('Sofia Lindgren', '76');
    const { link } = await invited(stage, { name: sofia.name, email: sofia.email });
    const patient = await stage.patient('own number');
    const { page } = patient;
    await patient.openLink(link);
    await patient.button('Continue').click();
    await expect(patient.heading('What is your phone number?')).toBeVisible();
    await camera.shoot(page, 'patient/phone');
    await patient.button('Continue').click();
    await expect(page.getByRole('alert')).toContainText('There is a problem');
    await camera.shoot(page, 'patient/phone-errors');
    await page.getByRole('textbox', { name: 'Phone number' }).fill(sofia.mobile);
    await page.getByRole('radio', { name: 'Mobile phone' }).check();
    await patient.button('Continue').click();
    await patient.chooseMethod(patient.words.text('76'));
    const code = codeIn(await stage.mailroom.nextText({ to: e164(sofia.mobile) }));
    for (let time = 0; time < 4; time += 1) {
      await patient.enterCode(wrongCodeBeside(code));
      await expect(patient.shown(new RegExp(`^You have ${4 - time} tr`))).toBeVisible();
    }
    await patient.enterCode(wrongCodeBeside(code));
    await expect(patient.problem(/^Too many tries/)).toBeVisible();
    await camera.shoot(page, 'patient/code-too-many-tries');

    const louis = personOf('Louis Fontaine', '77');
    const other = await invited(stage, louis);
    await patient.openLink(other.link);
    await patient.begin();
    await patient.chooseMethod(patient.words.text('77'));
    await patient.enterCode(codeIn(await stage.mailroom.nextText({ to: e164(louis.mobile) })));
    await patient.button('I do not accept').click();
    await patient.button('Yes, I do not accept').click();
    await expect(patient.heading('You did not accept the terms')).toBeVisible();
    await camera.shoot(page, 'patient/declined');
    await page.goto('/registration');
    await expect(patient.heading('Your registration was paused')).toBeVisible();
    await camera.shoot(page, 'patient/registration-paused');
    await page.goto('/terms');
    await expect(patient.heading('Terms of Use')).toBeVisible();
    await camera.shoot(page, 'patient/terms-public');
    await page.goto('/nowhere');
    await expect(patient.heading('Page not found')).toBeVisible();
    await camera.shoot(page, 'patient/not-found');
  },
};

export const invitationScenes: readonly Scene[] = [links, registration, otherWays];
