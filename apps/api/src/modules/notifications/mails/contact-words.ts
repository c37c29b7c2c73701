import type { AccountNotice } from '../../../jobs/queue.ts';
import type { AccountWordsByLanguage } from './account-words.ts';

const warning = {
  en: 'Was it not you? Call the clinic at once.',
  es: '¿No fue usted? Llame a la clínica de inmediato.',
} as const;

/** What a mail says when an account is reached in another way from now on. */
export const contactWords: Readonly<Record<Extract<AccountNotice, 'phoneChanged'>, AccountWordsByLanguage>> =
  {
    phoneChanged: {
      en: {
        subject: 'Your phone number was changed',
        paragraphs: ['Security codes of your CaseTalk account now go to another phone number.'],
        button: 'Sign in',
        warning: warning.en,
      },
      es: {
        subject: 'Su número de teléfono se cambió',
        paragraphs: [
          'Los códigos de seguridad de su cuenta de CaseTalk ahora van a otro número de teléfono.',
        ],
        button: 'Entrar',
        warning: warning.es,
      },
    },
  };
