import type { Language, Portal } from '@casetalk/contract';
import {
  buttonFallback,
  compose,
  type ComposedMail,
  noReply,
  senderName,
  service,
  stopWords,
} from './composed-mail.ts';

export interface TalkNoticeFacts {
  readonly reader: Portal;
  readonly language: Language;
  readonly practice: { readonly name: string; readonly phone: string };
  readonly portalUrl: string;
  /** Where its reader stops these mails. */
  readonly stopUrl: string;
}

const words = {
  patient: {
    en: {
      subject: 'You have a new message in your Secure Inbox',
      body: 'Sign in to read it and to answer.',
      button: 'Open Secure Inbox',
      footer: 'CaseTalk is not for emergencies. If something cannot wait, call your local emergency number.',
    },
    es: {
      subject: 'Tiene un mensaje nuevo en su buzón seguro',
      body: 'Entre para leerlo y responderlo.',
      button: 'Abrir el buzón seguro',
      footer:
        'CaseTalk no es para emergencias. Si algo no puede esperar, llame al número de emergencias de su zona.',
    },
  },
  clinician: {
    en: {
      subject: 'You have a new message in Patient Talk',
      body: 'Someone you talk with has written. Sign in to read it and to answer.',
      button: 'Open CaseTalk',
      footer: 'You get one email for each burst of messages, and only while they are unread.',
    },
    es: {
      subject: 'Tiene un mensaje nuevo en Patient Talk',
      body: 'Alguien con quien conversa le ha escrito. Entre para leerlo y responder.',
      button: 'Abrir CaseTalk',
      footer: 'Recibe un correo por cada grupo de mensajes, y solo mientras no los haya leído.',
    },
  },
} as const;

/** Somebody has unread messages: no name, no case, no word of them. */
export function talkNoticeMail({
  reader,
  language,
  practice,
  portalUrl,
  stopUrl,
}: TalkNoticeFacts): ComposedMail {
  const say = words[reader][language];
  const isPatient = reader === 'patient';
  return compose(isPatient ? senderName(practice.name) : service, say.subject, {
    language,
    sender: isPatient ? practice.name : service,
    heading: say.subject,
    paragraphs: [say.body],
    button: { label: say.button, url: portalUrl, fallback: buttonFallback[language] },
    footer: [say.footer, ...(isPatient ? [`${practice.name}: ${practice.phone}`] : []), noReply[language]],
    stop: { label: stopWords.notices[language], url: stopUrl },
  });
}

const texts: Readonly<Record<Language, (practice: string, portalUrl: string) => string>> = {
  en: (practice, portalUrl) =>
    `${practice}: you have a new message in your Secure Inbox. Sign in to read it: ${portalUrl}`,
  es: (practice, portalUrl) =>
    `${practice}: tiene un mensaje nuevo en su buzón seguro. Entre para leerlo: ${portalUrl}`,
};

/** The same as a text for a patient; nobody answers texts. */
export const talkNoticeText = (language: Language, practice: string, portalUrl: string): string =>
  texts[language](practice, portalUrl);
