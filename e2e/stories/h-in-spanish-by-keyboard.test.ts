import { describe, test } from 'vitest';
import type { ClinicianPortal } from '../pages/clinician-portal.ts';
import type { PatientPortal } from '../pages/patient-portal.ts';
import { checkAccess } from '../support/axe.ts';
import { openCase } from '../support/clinic.ts';
import { expect } from '../support/expect.ts';
import { Keyboard } from '../support/keyboard.ts';
import { codeIn, linkIn } from '../support/mail.ts';
import { chen, e164, noor, type Patient } from '../support/people.ts';
import { bitmap, note } from '../support/pictures.ts';
import { tellStory } from '../support/story.ts';

const ximena: Patient = {
  name: 'Ximena Robledo',
  email: 'ximena.robledo@example.com',
  mobile: '(415) 555-0166',
  password: 'siete faroles tranquilos',
};
const picture = bitmap('image3bmp.bmp');
const diary = note('diario.txt', 'Lunes: dolor al subir. Martes: mejor.');
const question = 'Estimada Ximena: envíeme por favor una foto de la hinchazón.';
const answer = 'Aquí está la foto, y lo que anoté.';

describe('the whole way in Spanish, on a phone’s width, by the keyboard alone', () => {
  const story = tellStory();
  let doctor: ClinicianPortal;
  let patient: PatientPortal;
  let keyboard: Keyboard;
  let link: string;

  test('the doctor invites her in Spanish, with the keyboard too', async () => {
    await openCase(story.product, { owner: chen, members: [noor], patientName: ximena.name });
    doctor = await story.clinician('doctor');
    await doctor.signIn(chen);
    const keys = new Keyboard(doctor.page);
    await keys.press(doctor.page.getByRole('link', { name: `View case for ${ximena.name}` }));
    await expect(doctor.heading(ximena.name)).toBeVisible();
    await keys.goTo(doctor.tab('Overview'));
    await doctor.page.keyboard.press('ArrowRight');
    await doctor.page.keyboard.press('ArrowRight');
    await doctor.page.keyboard.press('Enter');
    await keys.press(doctor.clickHere);
    await expect(doctor.inviteDialog).toBeVisible();
    const field = (name: string | RegExp) => doctor.inviteDialog.getByRole('textbox', { name });
    await expect(field(/^Email address$/)).toBeFocused();
    await keys.type(field(/^Email address$/), ximena.email);
    await keys.type(field('Email address again'), ximena.email);
    await keys.type(field(/^Mobile/), ximena.mobile);
    const language = doctor.inviteDialog.getByRole('combobox', { name: 'Language' });
    await keys.goTo(language);
    await doctor.page.keyboard.press('ArrowDown');
    await expect(language).toHaveValue('es');
    await keys.type(field(/^First message/), question);
    await keys.press(doctor.inviteDialog.getByRole('button', { name: 'Send', exact: true }));
    await expect(doctor.inviteDialog.getByText(`Invitation sent to ${ximena.email}.`)).toBeVisible();
    await keys.press(doctor.inviteDialog.getByRole('button', { name: 'Done' }));
    await expect(doctor.step('Delivered')).toBeVisible();
  });

  test('the email is Spanish', async () => {
    const email = await story.mailroom.nextEmail({ to: ximena.email });
    expect(email.text).toContain('invita');
    expect(`${email.subject} ${email.text}`).not.toMatch(/invited you|Open invitation/);
    link = linkIn(email);
  });

  test('she opens the link and chooses a text message', async () => {
    patient = await story.patient('patient', { width: 375, language: 'es-US', theme: 'dark' });
    keyboard = new Keyboard(patient.page);
    await patient.openLink(link);
    await expect(patient.heading('Harbor Street Clinic le invita a una conversación segura')).toBeVisible();
    await expect(patient.page).toHaveTitle(/Harbor Street Clinic le invita/);
    await checkAccess(patient.page);
    await keyboard.press(patient.button('Continuar'));
    await expect(patient.heading('¿Cómo le enviamos su código?')).toBeVisible();
    await checkAccess(patient.page);
    await keyboard.choose(
      patient.method('Mensaje de texto al ••• ••66'),
      patient.page.getByRole('main').getByRole('radio'),
    );
    await keyboard.press(patient.button('Continuar'));
    await expect(patient.heading('Revise su teléfono')).toBeVisible();
    await checkAccess(patient.page);
  });

  test('she types the code and accepts the terms', async () => {
    const text = await story.mailroom.nextText({ to: e164(ximena.mobile) });
    expect(text.body).toMatch(/^Su código de CaseTalk es \d{6}\./);
    await keyboard.type(patient.codeField, codeIn(text));
    await patient.page.keyboard.press('Enter');
    await expect(patient.heading('Términos de uso')).toBeVisible();
    await checkAccess(patient.page);
    await keyboard.press(patient.button('Acepto'));
    await expect(patient.heading('Elija su contraseña')).toBeVisible();
  });

  test('the requirements of the password turn from red to green', async () => {
    await expect(patient.requirements('notMet')).toHaveCount(5);
    await keyboard.type(patient.newPassword, ximena.password);
    await keyboard.type(patient.passwordAgain, ximena.password);
    await expect(patient.requirements('met')).toHaveCount(5);
    await checkAccess(patient.page);
    await patient.page.keyboard.press('Enter');
    await expect(patient.heading('Su cuenta está lista')).toBeVisible();
    await checkAccess(patient.page);
  });

  test('she signs in, opens the inbox and reads', async () => {
    await keyboard.press(patient.page.getByRole('link', { name: 'Iniciar sesión' }));
    await expect(patient.heading('Entre en su Buzón seguro')).toBeVisible();
    await checkAccess(patient.page);
    await keyboard.type(patient.page.getByLabel('Contraseña', { exact: true }), ximena.password);
    await patient.page.keyboard.press('Enter');
    await keyboard.press(patient.conversation(chen.name));
    await expect(patient.talk.message(question)).toBeVisible();
    await checkAccess(patient.page);
  });

  test('she replies with a picture and a second file', async () => {
    await keyboard.type(patient.talk.composer, answer);
    await keyboard.goTo(patient.talk.addFilesButton);
    const choosing = patient.page.waitForEvent('filechooser');
    await patient.page.keyboard.press('Enter');
    await patient.talk.hand(await choosing, [picture, diary]);
    await checkAccess(patient.page);
    await keyboard.goTo(patient.talk.composer);
    await patient.page.keyboard.press('Control+Enter');
    await expect(patient.talk.file(picture.name)).toBeVisible();
    await expect(patient.talk.file(diary.name)).toBeVisible();
    await checkAccess(patient.page);
  });

  test('the doctor shares one file with the keyboard: the focus goes to what took the button’s place', async () => {
    await expect(doctor.talk.message(answer)).toBeVisible();
    await new Keyboard(doctor.page).press(doctor.shareButton(picture.name));
    await expect(doctor.sharedNotice).toBeVisible();
    await expect(doctor.shareButton(picture.name)).toBeHidden();
    await expect(doctor.shareButton(diary.name)).toBeVisible();
    await expect(doctor.page.locator(':focus')).toContainText(/^Shared to Attachments, /);
    await expect(patient.talk.log.getByText(/^Compartido con todos los del caso, /)).toBeVisible();
    await checkAccess(patient.page);
  });
});
