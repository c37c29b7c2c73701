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

export const buttonFallback = {
  en: 'If the button does not work, copy this address into your browser:',
  es: 'Si el botón no funciona, copie esta dirección en su navegador:',
} as const;
