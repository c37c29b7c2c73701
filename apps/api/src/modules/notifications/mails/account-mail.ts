import type { Language } from '@casetalk/contract';
import type { JobPayloads } from '../../../jobs/queue.ts';
import { buttonFallback, compose, type ComposedMail, noReply, senderName, service } from './composed-mail.ts';

export interface AccountMailFacts {
  readonly language: Language;
  /** The practice to call; null where the account belongs to none. */
  readonly practice: { readonly name: string; readonly phone: string } | null;
  readonly portalUrl: string;
}

interface Words {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly button: string;
  readonly warning: string;
}

const call = {
  en: (practice: string, phone: string) => `You can reach ${practice} at ${phone}.`,
  es: (practice: string, phone: string) => `Puede llamar a ${practice} al ${phone}.`,
} as const;

const words: Readonly<Record<JobPayloads['account.mail']['kind'], Readonly<Record<Language, Words>>>> = {
  registered: {
    en: {
      subject: 'Your account is ready',
      paragraphs: ['You can now sign in to your Secure Inbox and read your messages.'],
      button: 'Sign in',
      warning: 'You did not set up an account? Please call the clinic.',
    },
    es: {
      subject: 'Su cuenta está lista',
      paragraphs: ['Ya puede entrar a su buzón seguro y leer sus mensajes.'],
      button: 'Entrar',
      warning: '¿No creó usted una cuenta? Por favor, llame a la clínica.',
    },
  },
  passwordChanged: {
    en: {
      subject: 'Your password was changed',
      paragraphs: ['The password of your CaseTalk account was changed. You do not need to do anything.'],
      button: 'Sign in',
      warning:
        'Was it not you? Choose “Forgot your password?” on the sign-in page at once, and call the clinic.',
    },
    es: {
      subject: 'Su contraseña se cambió',
      paragraphs: ['La contraseña de su cuenta de CaseTalk se cambió. No tiene que hacer nada.'],
      button: 'Entrar',
      warning:
        '¿No fue usted? Elija de inmediato «¿Olvidó su contraseña?» en la página de entrada y llame a la clínica.',
    },
  },
};

/** Something happened to an account: said without any content. */
export function accountMail(
  kind: JobPayloads['account.mail']['kind'],
  { language, practice, portalUrl }: AccountMailFacts,
): ComposedMail {
  const say = words[kind][language];
  return compose(practice ? senderName(practice.name) : service, say.subject, {
    language,
    sender: practice?.name ?? service,
    heading: say.subject,
    paragraphs: say.paragraphs,
    button: { label: say.button, url: portalUrl, fallback: buttonFallback[language] },
    footer: [
      say.warning,
      ...(practice ? [call[language](practice.name, practice.phone)] : []),
      noReply[language],
    ],
  });
}
