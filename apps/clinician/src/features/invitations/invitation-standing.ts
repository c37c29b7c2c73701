import type { Invitation } from '@casetalk/contract';

/** The one thing to know about an invitation now, out of all that its record tells. */
export type Standing =
  | 'queued'
  | 'sent'
  | 'delivered'
  | 'deferred'
  | 'bounced'
  | 'failed'
  | 'blocked'
  | 'spam'
  | 'opened'
  | 'codeSent'
  | 'codeFailed'
  | 'help'
  | 'triesUsedUp'
  | 'verified'
  | 'termsAccepted'
  | 'registered'
  | 'read'
  | 'expired'
  | 'revoked'
  | 'declined'
  | 'reported';

const endings = new Set<Invitation['state']>(['expired', 'revoked', 'declined', 'reported']);

/** Where an invitation stands: how it ended, else what is wrong, else how far it has come. */
export function standingOf(invitation: Invitation): Standing {
  if (endings.has(invitation.state)) return invitation.state as Standing;
  if (invitation.firstReadAt) return 'read';
  if (invitation.registeredAt || invitation.state === 'accepted') return 'registered';
  if (invitation.termsAcceptedAt) return 'termsAccepted';
  if (invitation.verifiedAt || invitation.state === 'verified') return 'verified';
  if (invitation.codeTriesUsedUp) return 'triesUsedUp';
  if (invitation.helpRequestedAt) return 'help';
  if (codeFailed(invitation)) return 'codeFailed';
  if (invitation.codeSentAt) return 'codeSent';
  if (invitation.openedAt) return 'opened';
  return invitation.delivery;
}

/** The latest code did not arrive: an earlier one that did is no comfort. */
function codeFailed({ codeFailedAt, codeSentAt }: Invitation): boolean {
  return codeFailedAt !== null && (codeSentAt === null || codeFailedAt >= codeSentAt);
}

export type StandingTone = 'info' | 'success' | 'warning' | 'danger';

const tones: Partial<Record<Standing, StandingTone>> = {
  deferred: 'warning',
  bounced: 'warning',
  failed: 'warning',
  blocked: 'warning',
  spam: 'warning',
  codeFailed: 'warning',
  help: 'warning',
  triesUsedUp: 'warning',
  expired: 'warning',
  declined: 'warning',
  reported: 'danger',
  registered: 'success',
  read: 'success',
};

/** How the standing feels. */
export const toneOf = (standing: Standing): StandingTone => tones[standing] ?? 'info';

/** The act that repairs a standing; it comes first and is the one button that stands out. */
export type Repair = 'resend' | 'correct' | 'correctPhone' | 'again';

const repairs: Partial<Record<Standing, Repair>> = {
  bounced: 'correct',
  failed: 'resend',
  blocked: 'correct',
  spam: 'correct',
  codeFailed: 'correctPhone',
  help: 'correctPhone',
  triesUsedUp: 'resend',
  expired: 'resend',
  revoked: 'again',
  declined: 'again',
  reported: 'again',
};

export const repairOf = (standing: Standing): Repair | undefined => repairs[standing];
