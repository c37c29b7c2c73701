import type { Language } from '@casetalk/contract';
import { buttonFallback, compose, type ComposedMail, noReply, service } from './composed-mail.ts';

const words = {
  en: {
    subject: 'Choose a new password',
    body: 'Someone, probably you, asked for a new password for this address. You will need your phone: we send a code to it.',
    expires: 'The link works for one hour.',
    button: 'Choose a new password',
    unexpected: 'You did not ask for this? You can ignore it. Your password stays as it is.',
  },
  es: {
    subject: 'Elija una contraseña nueva',
    body: 'Alguien, seguramente usted, pidió una contraseña nueva para esta dirección. Necesitará su teléfono: le enviaremos un código.',
    expires: 'El enlace sirve durante una hora.',
    button: 'Elegir una contraseña nueva',
    unexpected: '¿No lo pidió usted? Puede ignorarlo. Su contraseña sigue siendo la misma.',
  },
} as const;

/** @param url the link, its secret in the fragment */
export function passwordResetMail(language: Language, url: string): ComposedMail {
  const say = words[language];
  return compose(service, say.subject, {
    language,
    sender: service,
    heading: say.subject,
    paragraphs: [say.body, say.expires],
    button: { label: say.button, url, fallback: buttonFallback[language] },
    footer: [say.unexpected, noReply[language]],
  });
}
