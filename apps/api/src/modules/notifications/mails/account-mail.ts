import type { Language } from '@casetalk/contract';
import type { AccountNotice } from '../../../jobs/queue.ts';
import { accountWords } from './account-words.ts';
import { buttonFallback, compose, type ComposedMail, noReply, senderName, service } from './composed-mail.ts';

export interface AccountMailFacts {
  readonly language: Language;
  /** The practice to call; null where the account belongs to none. */
  readonly practice: { readonly name: string; readonly phone: string } | null;
  readonly portalUrl: string;
}

const call = {
  en: (practice: string, phone: string) => `You can reach ${practice} at ${phone}.`,
  es: (practice: string, phone: string) => `Puede llamar a ${practice} al ${phone}.`,
} as const;

/** Something happened to an account: said without any content. */
export function accountMail(
  kind: AccountNotice,
  { language, practice, portalUrl }: AccountMailFacts,
): ComposedMail {
  const say = accountWords[kind][language];
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
