import type { InvitationState, MailDelivery, MyTalkState } from '@casetalk/contract';

/** States in which an invitation can still be accepted. */
export const liveStates = ['pending', 'opened', 'verified'] as const satisfies InvitationState[];
/** Endings that the clinician did not choose, and so should hear of. */
export const unhappyEnds = ['expired', 'declined', 'reported'] as const satisfies InvitationState[];
/** What became of an email that will not arrive by itself. */
export const failedDeliveries = ['bounced', 'failed'] as const satisfies MailDelivery[];

/** The clinician's latest invitation on a case. */
export interface InvitationStanding {
  readonly state: InvitationState;
  readonly delivery: MailDelivery;
  readonly triesUsedUp: boolean;
  readonly helpRequested: boolean;
  /** Its time is over, whether or not its state says so yet. */
  readonly overdue: boolean;
}

export interface MyTalkFacts {
  /** The patient has joined the talk. */
  readonly joined: boolean;
  readonly invitation: InvitationStanding | null;
}

const includes = <T extends string>(list: readonly T[], value: string): value is T =>
  list.some((item) => item === value);

/**
 * Where a clinician's own talk on a case stands. The case list filters by the same rule in SQL
 * (case-list.repository.ts); a test compares the two for every combination.
 */
export function myTalkState({ joined, invitation }: MyTalkFacts): MyTalkState {
  if (joined) return 'active';
  if (!invitation) return 'notInvited';
  if (includes(unhappyEnds, invitation.state)) return 'needsAttention';
  if (!includes(liveStates, invitation.state)) {
    return invitation.state === 'accepted' ? 'active' : 'notInvited';
  }
  const stuck =
    invitation.overdue ||
    invitation.triesUsedUp ||
    invitation.helpRequested ||
    includes(failedDeliveries, invitation.delivery);
  return stuck ? 'needsAttention' : 'invited';
}

/** True when nothing more can come of the invitation, so that a new one may be sent. */
export const invitationEnded = ({ state, overdue }: InvitationStanding): boolean =>
  !includes(liveStates, state) || overdue;

/** True when this clinician may send a new invitation: none is under way, and nobody has joined. */
export function mayInviteAnew(facts: MyTalkFacts): boolean {
  const state = myTalkState(facts);
  if (state === 'notInvited') return true;
  return state === 'needsAttention' && facts.invitation !== null && invitationEnded(facts.invitation);
}
