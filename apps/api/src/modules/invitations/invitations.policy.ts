import type { ClinicianRole, Invitation } from '@casetalk/contract';
import { liveStates, reissuableStates } from './invitations.rules.ts';

/** Practice administrators manage people and settings; they never talk with patients. */
export const mayInvite = ({ role }: { readonly role: ClinicianRole }): boolean => role !== 'administrator';

interface Facts {
  readonly state: Invitation['state'];
  /** The patient has joined the talk, through whichever invitation. */
  readonly joined: boolean;
  /** Nobody writes in a closed case. */
  readonly caseOpen: boolean;
}

/** What its clinician may do with an invitation now. */
export function invitationAbilities({ state, joined, caseOpen }: Facts): Invitation['abilities'] {
  const reissue = caseOpen && !joined && reissuableStates.some((one) => one === state);
  return { resend: reissue, correct: reissue, revoke: liveStates.some((one) => one === state) };
}
