import type { Language } from '@casetalk/contract';
import type { AccountNotice } from '../../../jobs/queue.ts';
import { contactWords } from './contact-words.ts';
import { factorWords } from './factor-words.ts';

/** What a mail about an account says. */
export interface AccountWords {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly button: string;
  readonly warning: string;
}

export type AccountWordsByLanguage = Readonly<Record<Language, AccountWords>>;

export const accountWords: Readonly<Record<AccountNotice, AccountWordsByLanguage>> = {
  ...factorWords,
  ...contactWords,
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
