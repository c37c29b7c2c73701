import type { JobPayloads } from '../../../jobs/queue.ts';
import { buttonFallback, compose, type ComposedMail, noReply, service } from './composed-mail.ts';

type Kind = JobPayloads['invitation.notice']['kind'];

const words: Readonly<Record<Kind, { readonly subject: string; readonly body: string }>> = {
  help: {
    subject: 'Someone you invited needs help',
    body: 'They say that no security code reaches them. Check the telephone numbers of the invitation, or call them.',
  },
  triesUsedUp: {
    subject: 'Someone you invited cannot go on',
    body: 'Too many wrong security codes were entered. Call them to be sure who it was, then send the invitation again.',
  },
  declined: {
    subject: 'An invitation was declined',
    body: 'Someone you invited does not want to use CaseTalk for this conversation.',
  },
  reported: {
    subject: 'An invitation reached the wrong person',
    body: 'Whoever got your invitation says that they are somebody else. It has ended. Check the email address before you invite again.',
  },
  accepted: {
    subject: 'Someone you invited has joined',
    body: 'They can now read your messages and answer.',
  },
};

/** Tells a clinician what became of an invitation; who and which case stands behind the sign-in. */
export function invitationNoticeMail(kind: Kind, caseUrl: string): ComposedMail {
  const say = words[kind];
  return compose(service, say.subject, {
    language: 'en',
    sender: service,
    heading: say.subject,
    paragraphs: [say.body],
    button: { label: 'Open Patient Talk', url: caseUrl, fallback: buttonFallback.en },
    footer: [noReply.en],
  });
}
