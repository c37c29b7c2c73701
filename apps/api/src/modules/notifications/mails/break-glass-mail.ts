import { type Language, limits, type Portal } from '@casetalk/contract';
import { buttonFallback, compose, type ComposedMail, noReply, senderName, service } from './composed-mail.ts';

export interface BreakGlassMailFacts {
  /** Which of the talk's two people is told. */
  readonly reader: Portal;
  readonly language: Language;
  /** The practice of the talk's clinician, and so of the administrator. */
  readonly practice: { readonly name: string; readonly phone: string };
  /** Where the reader sees who it is, until when and why: the portal, or for a clinician the talk itself. */
  readonly url: string;
}

interface Words {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly button: string;
  readonly footer: string;
}

const most = limits.breakGlassMaxMinutes;

const words: Readonly<
  Record<Portal, Readonly<Record<Language, (practice: string, phone: string) => Words>>>
> = {
  patient: {
    en: (practice, phone) => ({
      subject: 'Emergency access to one of your conversations',
      paragraphs: [
        `An administrator of ${practice} has opened one of your private conversations because of an emergency. They can read it, but not write in it. The access ends by itself after at most ${most} minutes.`,
        'Sign in to see who it is, until when, and the reason that was given. All that is opened is recorded, and you can look at the record at any time.',
      ],
      button: 'Open Secure Inbox',
      footer: `Questions? Call ${practice} at ${phone}.`,
    }),
    es: (practice, phone) => ({
      subject: 'Acceso de emergencia a una de sus conversaciones',
      paragraphs: [
        `Una persona de la administración de ${practice} abrió una de sus conversaciones privadas por una emergencia. Puede leerla, pero no escribir en ella. El acceso termina por sí solo después de ${most} minutos como máximo.`,
        'Entre para ver quién es, hasta cuándo y el motivo que dio. Todo lo que se abre queda registrado, y usted puede ver el registro en cualquier momento.',
      ],
      button: 'Abrir el buzón seguro',
      footer: `¿Preguntas? Llame a ${practice} al ${phone}.`,
    }),
  },
  clinician: {
    en: () => ({
      subject: 'Emergency access to one of your patient talks',
      paragraphs: [
        `An administrator of your practice has opened one of your patient talks because of an emergency. They can read it, but not write in it. The access ends by itself after at most ${most} minutes.`,
        'Sign in to see which talk it is, who reads it, until when, and the reason that was given. The patient is told too.',
      ],
      button: 'Open Patient Talk',
      footer: 'You did not expect this? Ask the administrator of your practice.',
    }),
    es: () => ({
      subject: 'Acceso de emergencia a una de sus conversaciones con pacientes',
      paragraphs: [
        `Una persona de la administración de su consultorio abrió una de sus conversaciones con pacientes por una emergencia. Puede leerla, pero no escribir en ella. El acceso termina por sí solo después de ${most} minutos como máximo.`,
        'Entre para ver qué conversación es, quién la lee, hasta cuándo y el motivo que dio. También se avisa al paciente.',
      ],
      button: 'Abrir Patient Talk',
      footer: '¿No lo esperaba? Pregunte a la administración de su consultorio.',
    }),
  },
};

/** Tells one of a talk's two people that an administrator opened it in an emergency: no name, no case, no reason. */
export function breakGlassMail({ reader, language, practice, url }: BreakGlassMailFacts): ComposedMail {
  const say = words[reader][language](practice.name, practice.phone);
  const isPatient = reader === 'patient';
  return compose(isPatient ? senderName(practice.name) : service, say.subject, {
    language,
    sender: isPatient ? practice.name : service,
    heading: say.subject,
    paragraphs: say.paragraphs,
    button: { label: say.button, url, fallback: buttonFallback[language] },
    footer: [say.footer, noReply[language]],
  });
}
