import { limits, type Portal } from '@casetalk/contract';
import { buttonFallback, compose, type ComposedMail, noReply, service, stopWords } from './composed-mail.ts';

const days = limits.unreadTaskDays;

const words: Readonly<Record<Portal, { readonly subject: string; readonly body: string }>> = {
  patient: {
    subject: 'A message of yours has not been read',
    body: `Someone you wrote to in Patient Talk has not read it for ${days} days. If it matters, call them.`,
  },
  clinician: {
    subject: 'A message is waiting for you',
    body: `Someone wrote to you in Patient Talk ${days} days ago, and you have not read it.`,
  },
};

/** Tells a clinician what has been unread for too long: who and which case stands behind the sign-in. */
export function unreadTaskMail(reader: Portal, talkUrl: string, stopUrl: string): ComposedMail {
  const say = words[reader];
  return compose(service, say.subject, {
    language: 'en',
    sender: service,
    heading: say.subject,
    paragraphs: [say.body, 'It stands at the top of your cases until it is read or you mark it as done.'],
    button: { label: 'Open Patient Talk', url: talkUrl, fallback: buttonFallback.en },
    footer: [noReply.en],
    stop: { label: stopWords.notices.en, url: stopUrl },
  });
}
