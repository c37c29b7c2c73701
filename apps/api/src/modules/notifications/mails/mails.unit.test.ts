import { describe, expect, it } from 'vitest';
import { accountMail } from './account-mail.ts';
import { breakGlassMail } from './break-glass-mail.ts';
import { emailChangedMail, emailChangeMail } from './email-change-mail.ts';
import { invitationMail, invitationReminderMail } from './invitation-mail.ts';
import { invitationNoticeMail } from './invitation-notice-mail.ts';
import { passwordResetMail } from './password-reset-mail.ts';
import { unreadTaskMail } from './unread-task-mail.ts';
import { talkNoticeMail } from './talk-notice-mail.ts';

const practice = { name: 'Harbor Street Clinic', phone: '(415) 555-0110' };
const facts = {
  practiceName: practice.name,
  practicePhone: practice.phone,
  url: 'https://patient.example.com/invitation#secret',
  expiresAt: new Date('2026-11-29T18:00:00Z'),
};
const portalUrl = 'https://patient.example.com';
const stopUrl = 'https://patient.example.com/unsubscribe#sealed';

describe('the invitation’s mail', () => {
  it('reads in English', () => {
    const mail = invitationMail({ ...facts, language: 'en' });
    expect([mail.fromName, mail.subject, mail.text].join('\n')).toMatchInlineSnapshot(`
      "Harbor Street Clinic via CaseTalk
      Harbor Street Clinic invited you to a secure conversation
      Harbor Street Clinic

      You are invited to a secure conversation

      Harbor Street Clinic would like to write to you in private through CaseTalk.

      Setting it up takes about 3 minutes. Have your phone ready: you will get a code by text message or by phone call.

      This invitation works until 29 November 2026.

      Open invitation:
      https://patient.example.com/invitation#secret

      --

      You did not expect this? You can ignore it.

      Questions? Call Harbor Street Clinic at (415) 555-0110.

      This email was sent automatically. Please do not reply to it.
      "
    `);
  });

  it('reads in Spanish', () => {
    const mail = invitationMail({ ...facts, language: 'es' });
    expect([mail.fromName, mail.subject, mail.text].join('\n')).toMatchInlineSnapshot(`
      "Harbor Street Clinic via CaseTalk
      Harbor Street Clinic le invitó a una conversación segura
      Harbor Street Clinic

      Tiene una invitación a una conversación segura

      Harbor Street Clinic quiere escribirle en privado por medio de CaseTalk.

      Prepararlo toma unos 3 minutos. Tenga a mano su teléfono: recibirá un código por mensaje de texto o por llamada.

      Esta invitación sirve hasta el 29 de noviembre de 2026.

      Abrir la invitación:
      https://patient.example.com/invitation#secret

      --

      ¿No esperaba este correo? Puede ignorarlo.

      ¿Preguntas? Llame a Harbor Street Clinic al (415) 555-0110.

      Este correo se envió automáticamente. Por favor, no lo responda.
      "
    `);
  });

  it('is the same in HTML, with the link once as button and once in words', () => {
    const { html } = invitationMail({ ...facts, language: 'en' });
    expect(html).toMatchSnapshot();
    expect(html.match(/href="https:\/\/patient\.example\.com\/invitation#secret"/g)).toHaveLength(2);
  });

  it('loads nothing: no picture, no font, no script', () => {
    const { html } = invitationMail({ ...facts, language: 'en' });
    expect(html).not.toMatch(/<img|<script|<link|@import|url\(|src=/i);
  });

  it('shows whatever a practice is called as text', () => {
    const name = `<b onclick="x">"O'Neil" & Sons</b>\r\nBcc: x@example.com`;
    const mail = invitationMail({ ...facts, practiceName: name, language: 'en' });
    expect(mail.html).not.toContain('<b onclick');
    expect(mail.html).toContain('&lt;b onclick=&quot;x&quot;&gt;&quot;O&#39;Neil&quot; &amp; Sons&lt;/b&gt;');
    expect(`${mail.fromName}${mail.subject}`).not.toMatch(/[\r\n]/);
  });

  it('promises no hour that the link does not have', () => {
    const expiresAt = new Date('2026-11-29T02:00:00Z');
    expect(invitationMail({ ...facts, expiresAt, language: 'en' }).text).toContain('until 28 November 2026.');
  });
});

describe('notices', () => {
  const clinic = { language: 'en', practice: null, portalUrl } as const;
  const mails = {
    'an invitation, reminded of': invitationReminderMail({ ...facts, stopUrl, language: 'en' }),
    'una invitación, recordada': invitationReminderMail({ ...facts, stopUrl, language: 'es' }),
    'a message that a patient has not read': unreadTaskMail('patient', portalUrl, stopUrl),
    'a message that a clinician has not read': unreadTaskMail('clinician', portalUrl, stopUrl),
    'a new password': passwordResetMail('en', 'https://patient.example.com/password-reset#secret'),
    'una contraseña nueva': passwordResetMail('es', 'https://patient.example.com/password-reset#secret'),
    'a ready account': accountMail('registered', { language: 'en', practice, portalUrl }),
    'una cuenta lista': accountMail('registered', { language: 'es', practice, portalUrl }),
    'a changed password': accountMail('passwordChanged', { language: 'en', practice: null, portalUrl }),
    'an authenticator app, added': accountMail('authenticatorAdded', clinic),
    'an authenticator app, removed': accountMail('authenticatorRemoved', clinic),
    'a passkey, added': accountMail('passkeyAdded', clinic),
    'una llave de acceso, quitada': accountMail('passkeyRemoved', { ...clinic, language: 'es' }),
    'a recovery code, used': accountMail('recoveryCodeUsed', clinic),
    'recovery codes, renewed': accountMail('recoveryCodesRenewed', clinic),
    'second factors, reset': accountMail('secondFactorsReset', clinic),
    'un número nuevo': accountMail('phoneChanged', { language: 'es', practice, portalUrl }),
    'a new address, to be confirmed': emailChangeMail(
      'en',
      'https://patient.example.com/email-change#secret',
    ),
    'una dirección nueva, por confirmar': emailChangeMail(
      'es',
      'https://patient.example.com/email-change#secret',
    ),
    'an address from before': emailChangedMail('en', portalUrl),
    'una dirección de antes': emailChangedMail('es', portalUrl),
    'a message for a patient': talkNoticeMail({
      reader: 'patient',
      language: 'en',
      practice,
      portalUrl,
      stopUrl,
    }),
    'un mensaje para un paciente': talkNoticeMail({
      reader: 'patient',
      language: 'es',
      practice,
      portalUrl,
      stopUrl,
    }),
    'a message for a clinician': talkNoticeMail({
      reader: 'clinician',
      language: 'en',
      practice,
      portalUrl,
      stopUrl,
    }),
    'an emergency access, to the patient': breakGlassMail({
      reader: 'patient',
      language: 'en',
      practice,
      url: portalUrl,
    }),
    'un acceso de emergencia, al paciente': breakGlassMail({
      reader: 'patient',
      language: 'es',
      practice,
      url: portalUrl,
    }),
    'an emergency access, to the clinician': breakGlassMail({
      reader: 'clinician',
      language: 'en',
      practice,
      url: 'https://clinician.example.com/cases/1/patient-talk',
    }),
    'an invitee who needs help': invitationNoticeMail(
      'help',
      'https://clinician.example.com/cases/1/patient-talk',
    ),
  };

  it.each(Object.entries(mails))('tell of %s without content', (_, mail) => {
    expect([mail.fromName, mail.subject, mail.text].join('\n')).toMatchSnapshot();
  });
});
