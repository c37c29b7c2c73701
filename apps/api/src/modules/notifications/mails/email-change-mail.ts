import type { Language } from '@casetalk/contract';
import { buttonFallback, compose, type ComposedMail, noReply, service } from './composed-mail.ts';

const link = {
  en: {
    subject: 'Confirm your new email address',
    body: 'Someone, probably you, wants to use this address for a CaseTalk account. Nothing changes until you press the button.',
    expires: 'The link works for one hour.',
    button: 'Confirm this address',
    unexpected: 'You did not ask for this? You can ignore it. Nothing happens.',
  },
  es: {
    subject: 'Confirme su nueva dirección de correo',
    body: 'Alguien, seguramente usted, quiere usar esta dirección para una cuenta de CaseTalk. Nada cambia hasta que pulse el botón.',
    expires: 'El enlace sirve durante una hora.',
    button: 'Confirmar esta dirección',
    unexpected: '¿No lo pidió usted? Puede ignorarlo. No pasa nada.',
  },
} as const;

const changed = {
  en: {
    subject: 'Your email address was changed',
    body: 'Your CaseTalk account now uses another email address. This one no longer signs in.',
    button: 'Sign in',
    warning: 'Was it not you? Call the clinic at once.',
  },
  es: {
    subject: 'Su dirección de correo se cambió',
    body: 'Su cuenta de CaseTalk ahora usa otra dirección de correo. Con esta ya no se entra.',
    button: 'Entrar',
    warning: '¿No fue usted? Llame a la clínica de inmediato.',
  },
} as const;

/** To the new address. @param url the link, its secret in the fragment */
export function emailChangeMail(language: Language, url: string): ComposedMail {
  const say = link[language];
  return compose(service, say.subject, {
    language,
    sender: service,
    heading: say.subject,
    paragraphs: [say.body, say.expires],
    button: { label: say.button, url, fallback: buttonFallback[language] },
    footer: [say.unexpected, noReply[language]],
  });
}

/** To the address from before. */
export function emailChangedMail(language: Language, portalUrl: string): ComposedMail {
  const say = changed[language];
  return compose(service, say.subject, {
    language,
    sender: service,
    heading: say.subject,
    paragraphs: [say.body],
    button: { label: say.button, url: portalUrl, fallback: buttonFallback[language] },
    footer: [say.warning, noReply[language]],
  });
}
