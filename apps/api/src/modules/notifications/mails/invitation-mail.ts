import type { Language } from '@casetalk/contract';
import {
  buttonFallback,
  compose,
  type ComposedMail,
  noReply,
  senderName,
  stopWords,
} from './composed-mail.ts';

export interface InvitationMailFacts {
  readonly language: Language;
  readonly practiceName: string;
  /** As the practice writes it. */
  readonly practicePhone: string;
  /** The link, its secret in the fragment. */
  readonly url: string;
  readonly expiresAt: Date;
}

const words = {
  en: {
    subject: (practice: string) => `${practice} invited you to a secure conversation`,
    heading: 'You are invited to a secure conversation',
    what: (practice: string) => `${practice} would like to write to you in private through CaseTalk.`,
    how: 'Setting it up takes about 3 minutes. Have your phone ready: you will get a code by text message or by phone call.',
    button: 'Open invitation',
    expires: (date: string) => `This invitation works until ${date}.`,
    unexpected: 'You did not expect this? You can ignore it.',
    questions: (practice: string, phone: string) => `Questions? Call ${practice} at ${phone}.`,
  },
  es: {
    subject: (practice: string) => `${practice} le invitó a una conversación segura`,
    heading: 'Tiene una invitación a una conversación segura',
    what: (practice: string) => `${practice} quiere escribirle en privado por medio de CaseTalk.`,
    how: 'Prepararlo toma unos 3 minutos. Tenga a mano su teléfono: recibirá un código por mensaje de texto o por llamada.',
    button: 'Abrir la invitación',
    expires: (date: string) => `Esta invitación sirve hasta el ${date}.`,
    unexpected: '¿No esperaba este correo? Puede ignorarlo.',
    questions: (practice: string, phone: string) => `¿Preguntas? Llame a ${practice} al ${phone}.`,
  },
} as const;

/**
 * The invitation. Mail is not private: it names the practice and nobody else, and says nothing about care.
 */
export function invitationMail(facts: InvitationMailFacts): ComposedMail {
  const { language, practiceName, practicePhone, url } = facts;
  const say = words[language];
  return compose(senderName(practiceName), say.subject(practiceName), {
    language,
    sender: practiceName,
    heading: say.heading,
    paragraphs: [say.what(practiceName), say.how, say.expires(lastDay(facts.expiresAt, language))],
    button: { label: say.button, url, fallback: buttonFallback[language] },
    footer: [say.unexpected, say.questions(practiceName, practicePhone), noReply[language]],
  });
}

const reminderWords = {
  en: {
    subject: (practice: string) => `Reminder: ${practice} invited you to a secure conversation`,
    heading: 'Your invitation is still open',
    what: (practice: string) =>
      `${practice} invited you to write to each other in private through CaseTalk. You have not joined yet.`,
    unexpected: 'Not meant for you? Open the link and choose “I am not this person”. The clinic is told.',
  },
  es: {
    subject: (practice: string) => `Recordatorio: ${practice} le invitó a una conversación segura`,
    heading: 'Su invitación sigue abierta',
    what: (practice: string) =>
      `${practice} le invitó a escribirse en privado por medio de CaseTalk. Usted todavía no se ha unido.`,
    unexpected: '¿No es para usted? Abra el enlace y elija «No soy esta persona». Avisaremos a la clínica.',
  },
} as const;

/** Reminds somebody of an invitation; like it, it names the practice and nobody else. */
export function invitationReminderMail(
  facts: InvitationMailFacts & { readonly stopUrl: string },
): ComposedMail {
  const { language, practiceName, practicePhone, url } = facts;
  const say = { ...words[language], ...reminderWords[language] };
  return compose(senderName(practiceName), say.subject(practiceName), {
    language,
    sender: practiceName,
    heading: say.heading,
    paragraphs: [say.what(practiceName), say.how, say.expires(lastDay(facts.expiresAt, language))],
    button: { label: say.button, url, fallback: buttonFallback[language] },
    footer: [say.unexpected, say.questions(practiceName, practicePhone), noReply[language]],
    stop: { label: stopWords.reminders[language], url: facts.stopUrl },
  });
}

/** The last day in the westernmost zone that is served: nobody is promised hours that the link does not have. */
const lastDay = (instant: Date, language: Language): string =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'es', {
    dateStyle: 'long',
    timeZone: 'Pacific/Honolulu',
  }).format(instant);
