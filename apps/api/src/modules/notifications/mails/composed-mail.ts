import { type MailContent, renderHtml, renderText } from './mail-page.ts';

/** A mail that is ready but for its address. */
export interface ComposedMail {
  readonly fromName: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** The service's own name, which mail comes from where no practice speaks. */
export const service = 'CaseTalk';

/** "Harbor Clinic via CaseTalk": who speaks, and who carries it. Line breaks and quotes never reach a mail header. */
export const senderName = (practice: string): string =>
  `${practice.replaceAll(/[\p{Cc}"<>]/gu, ' ').trim()} via ${service}`;

export const compose = (fromName: string, subject: string, content: MailContent): ComposedMail => ({
  fromName,
  subject: subject.replaceAll(/\p{Cc}/gu, ' '),
  html: renderHtml(content),
  text: renderText(content),
});

export const noReply = {
  en: 'This email was sent automatically. Please do not reply to it.',
  es: 'Este correo se envió automáticamente. Por favor, no lo responda.',
} as const;

/** What stands over the link by which mails like this one are stopped. */
export const stopWords = {
  notices: { en: 'Stop emails about new messages', es: 'No recibir más correos sobre mensajes nuevos' },
  reminders: {
    en: 'Stop reminders of this invitation',
    es: 'No recibir más recordatorios de esta invitación',
  },
} as const;

export const buttonFallback = {
  en: 'If the button does not work, copy this address into your browser:',
  es: 'Si el botón no funciona, copie esta dirección en su navegador:',
} as const;
