import type { Invitation } from '@casetalk/contract';

export type StepId = 'sent' | 'delivered' | 'opened' | 'code' | 'terms' | 'registered' | 'read';

export interface InvitationStep {
  readonly id: StepId;
  readonly state: 'done' | 'current' | 'waiting' | 'failed' | 'skipped';
  /** Which words name it: a step that failed is named for how it failed. */
  readonly label:
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
    | 'verified'
    | 'terms'
    | 'registered'
    | 'read';
  /** When it was reached, or failed. */
  readonly at: string | null;
  /** The provider's own reason for a failure. */
  readonly reason: string | null;
}

type Fact = Omit<InvitationStep, 'state'> & { readonly failed?: boolean };

/**
 * The way of an invitation from the post to the first message read. What an invitee with an account never does (code,
 * terms) counts as skipped once a later step is reached; the first step not reached is the current one, unless the
 * invitation has ended.
 */
export function stepsOf(invitation: Invitation): readonly InvitationStep[] {
  const facts: readonly Fact[] = [
    sentFact(invitation),
    deliveredFact(invitation),
    { id: 'opened', label: 'opened', at: invitation.openedAt, reason: null },
    codeFact(invitation),
    { id: 'terms', label: 'terms', at: invitation.termsAcceptedAt, reason: null },
    { id: 'registered', label: 'registered', at: invitation.registeredAt, reason: null },
    { id: 'read', label: 'read', at: invitation.firstReadAt, reason: null },
  ];
  const reached = facts.findLastIndex((fact) => fact.at !== null && !fact.failed);
  const ended = invitation.endedAt !== null && invitation.state !== 'accepted';
  // After a step that failed nothing is next but its repair.
  const next = facts[reached + 1];
  const current = next && !next.failed ? reached + 1 : -1;
  return facts.map((fact, index) => stepOf(fact, index < reached, !ended && index === current));
}

function stepOf(
  { failed = false, id, label, at, reason }: Fact,
  passed: boolean,
  current: boolean,
): InvitationStep {
  return { id, label, at, reason, state: stateOf({ failed, at, passed, current }) };
}

function stateOf(fact: {
  failed: boolean;
  at: string | null;
  passed: boolean;
  current: boolean;
}): InvitationStep['state'] {
  if (fact.failed && !fact.passed) return 'failed';
  if (fact.at !== null) return 'done';
  if (fact.passed) return 'skipped';
  return fact.current ? 'current' : 'waiting';
}

function sentFact({ sentAt, delivery, deliveryReason }: Invitation): Fact {
  if (delivery === 'failed')
    return { id: 'sent', label: 'failed', at: sentAt, reason: deliveryReason, failed: true };
  return { id: 'sent', label: sentAt ? 'sent' : 'queued', at: sentAt, reason: null };
}

function deliveredFact({ deliveredAt, bouncedAt, delivery, deliveryReason }: Invitation): Fact {
  if (delivery === 'bounced' || delivery === 'blocked') {
    return { id: 'delivered', label: delivery, at: bouncedAt, reason: deliveryReason, failed: true };
  }
  if (delivery === 'spam') {
    return { id: 'delivered', label: 'spam', at: deliveredAt, reason: deliveryReason, failed: true };
  }
  if (delivery === 'deferred') {
    return { id: 'delivered', label: 'deferred', at: null, reason: deliveryReason };
  }
  return { id: 'delivered', label: 'delivered', at: deliveredAt, reason: null };
}

function codeFact({ verifiedAt, codeSentAt, codeFailedAt, codeFailure }: Invitation): Fact {
  if (verifiedAt) return { id: 'code', label: 'verified', at: verifiedAt, reason: null };
  if (codeFailedAt && (!codeSentAt || codeFailedAt >= codeSentAt)) {
    return { id: 'code', label: 'codeFailed', at: codeFailedAt, reason: codeFailure, failed: true };
  }
  return { id: 'code', label: 'codeSent', at: codeSentAt, reason: null };
}
