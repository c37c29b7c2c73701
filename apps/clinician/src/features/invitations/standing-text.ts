import type { Invitation } from '@casetalk/contract';
import { formatDateTime, type Language } from '@casetalk/ui';
import type { ClinicianWords } from '../../lib/words/use-clinician-words.ts';
import type { Standing } from './invitation-standing.ts';

export interface StandingText {
  readonly title: string;
  readonly detail: string;
}

/** The moment that a standing's sentence speaks of. */
function momentOf(standing: Standing, invitation: Invitation): string | null {
  switch (standing) {
    case 'help':
      return invitation.helpRequestedAt;
    case 'read':
      return invitation.firstReadAt;
    case 'revoked':
    case 'declined':
    case 'reported':
      return invitation.endedAt;
    default:
      return null;
  }
}

function reasonOf(standing: Standing, invitation: Invitation, t: ClinicianWords): string {
  if (standing === 'codeFailed')
    return invitation.codeFailure ?? t('invitations.standing.codeFailedNoReason');
  return invitation.deliveryReason ?? '';
}

/** A standing in words: what is so, and what follows from it. */
export function standingText(
  standing: Standing,
  invitation: Invitation,
  patientName: string,
  language: Language,
  t: ClinicianWords,
): StandingText {
  const when = (at: string | null): string => (at === null ? '' : formatDateTime(at, language));
  const values = {
    name: patientName,
    email: invitation.email,
    sent: when(invitation.sentAt),
    expires: when(invitation.expiresAt),
    at: when(momentOf(standing, invitation)),
    reason: reasonOf(standing, invitation, t),
  };
  return {
    title: t(`invitations.standing.${standing}.title`, values),
    detail: t(`invitations.standing.${standing}.text`, values),
  };
}

/** When the invitee was reminded and will be; undefined when there is nothing to say. */
export function reminderText(
  { lastReminderAt, nextReminderAt, remindersStoppedAt, endedAt }: Invitation,
  language: Language,
  t: ClinicianWords,
): string | undefined {
  if (endedAt !== null) return undefined;
  const sentences = [
    ...(lastReminderAt
      ? [t('invitations.reminders.last', { at: formatDateTime(lastReminderAt, language) })]
      : []),
    ...(nextReminderAt
      ? [t('invitations.reminders.next', { at: formatDateTime(nextReminderAt, language) })]
      : []),
    ...(remindersStoppedAt
      ? [t('invitations.reminders.stopped', { at: formatDateTime(remindersStoppedAt, language) })]
      : []),
  ];
  return sentences.length === 0 ? undefined : sentences.join(' ');
}
