import { describe, test } from 'vitest';
import type { ClinicianPortal } from '../pages/clinician-portal.ts';
import type { PatientPortal } from '../pages/patient-portal.ts';
import { checkAccess } from '../support/axe.ts';
import { invite, openCase } from '../support/clinic.ts';
import { expect } from '../support/expect.ts';
import { codeHeardIn, linkIn } from '../support/mail.ts';
import { e164, okafor, type Patient } from '../support/people.ts';
import { tellStory } from '../support/story.ts';

/** A phone network's word comes a moment after the text was taken. */
const networkTakesMs = 1500;

describe.each([
  { language: 'en', device: {}, name: 'Walter Brand', hint: '78' },
  { language: 'es', device: { theme: 'dark', language: 'es-US' }, name: 'Pilar Montero', hint: '79' },
] as const)('a text that cannot be delivered, and the call that can ($language)', (told) => {
  const story = tellStory();
  const { language, name, hint } = told;
  const words = {
    en: {
      failed: 'The text message did not arrive.',
      offer: `We can call the phone that ends in ${hint} and read the code to you. This used none of your tries.`,
      call: 'Call me instead',
      calling: `We are calling the number that ends in ${hint} now. The code is read three times.`,
    },
    es: {
      failed: 'El mensaje de texto no llegó.',
      offer: `Podemos llamar al teléfono que termina en ${hint} y leerle el código. Esto no gastó ningún intento.`,
      call: 'Prefiero una llamada',
      calling: `Estamos llamando ahora al número que termina en ${hint}. El código se lee tres veces.`,
    },
  }[language];
  const person: Patient = {
    name,
    email: `${name.toLowerCase().replace(' ', '.')}@example.com`,
    mobile: `(415) 555-01${hint}`,
    password: 'seven quiet lanterns',
  };
  const mobile = e164(person.mobile);
  let doctor: ClinicianPortal;
  let patient: PatientPortal;
  let loads = 0;

  const triesUsed = () =>
    story.database.count('select code_tries_used as count from invitations where email = $1', [person.email]);

  test('the patient asks for a text, and the phone network cannot deliver it', async () => {
    await story.mailroom.setSwitchesFor(mobile, {
      text: { outcome: 'undelivered', callbackDelayMs: networkTakesMs },
    });
    const opened = await openCase(story.product, { owner: okafor, patientName: name });
    await invite(opened, person, { language });
    doctor = await story.clinician('doctor');
    await doctor.signIn(okafor);
    await doctor.goToTalk(opened.id);
    patient = await story.patient('patient', { width: 375, ...told.device });
    await patient.openLink(linkIn(await story.mailroom.nextEmail({ to: person.email })));
    await patient.begin();
    await patient.chooseMethod(patient.words.text(hint));
    await expect(patient.codeField).toBeVisible();
    for (const { page } of [doctor, patient]) page.on('load', () => (loads += 1));
  });

  test('the screen says so by itself and offers to call', async () => {
    await expect(patient.shown(words.failed)).toBeVisible();
    await expect(patient.shown(words.offer)).toBeVisible();
    await checkAccess(patient.page);
  });

  test('the doctor sees why, and what mends it', async () => {
    await expect(doctor.shown('The code did not arrive')).toBeVisible();
    await expect(doctor.step('Code did not arrive', 'Failed')).toContainText(
      'The phone was switched off or out of reach.',
    );
    await expect(doctor.repairButtons.first()).toHaveText('Correct phone number');
    await checkAccess(doctor.page);
  });

  test('the patient need not wait for the call, which reads the code', async () => {
    await patient.button(words.call).click();
    await expect(patient.shown(words.calling)).toBeVisible();
    await expect(patient.shown(words.failed)).toBeHidden();
    await expect(patient.codeField).toBeFocused();
    await checkAccess(patient.page);
    const code = codeHeardIn(await story.mailroom.nextCall({ to: mobile }));
    expect(await triesUsed()).toBe(0);
    await patient.enterCode(code);
    await expect(patient.heading(patient.words.termsTitle)).toBeVisible();
    await expect(doctor.step('Code confirmed')).toBeVisible();
  });

  test('no try was used, and nobody had to reload', async () => {
    expect(await triesUsed()).toBe(0);
    expect(loads).toBe(0);
  });
});
