import type { Tx } from '../db/database.ts';

/** What the owner of an account is told of it. */
export type AccountNotice =
  | 'registered'
  | 'passwordChanged'
  | 'authenticatorAdded'
  | 'authenticatorRemoved'
  | 'passkeyAdded'
  | 'passkeyRemoved'
  | 'recoveryCodeUsed'
  | 'recoveryCodesRenewed'
  | 'secondFactorsReset'
  | 'phoneChanged';

/** What happens after commit, by name. Payloads hold ids alone: whatever else a job needs it reads when it runs. */
export interface JobPayloads {
  /** The invitation's email; dropped when a newer link has been asked for. */
  'invitation.mail': { readonly invitationId: string; readonly linkNumber: number };
  /** Reminds an invitee who has not registered; dropped when that is no longer wanted. */
  'invitation.reminder': { readonly reminderId: string };
  /** The text or call with a live code; dropped once the code is dead. */
  'code.send': { readonly verificationId: string; readonly sendNumber: number };
  /** The link to a patient's new address; dropped when the address has an account. */
  'emailChange.mail': { readonly contactChangeId: string };
  /** The address from before a change is told of it. */
  'emailChange.notice': { readonly contactChangeId: string };
  'passwordReset.mail': { readonly passwordResetId: string };
  /** "Your account is ready", "your password was changed", and the like: a notice without content. */
  'account.mail': {
    readonly kind: AccountNotice;
    readonly portal: 'clinician' | 'patient';
    readonly personId: string;
  };
  /** Somebody has unread messages: a notice without content. */
  'talk.notice': { readonly talkId: string; readonly reader: 'clinician' | 'patient' };
  /** What somebody has not read for days has come back to the talk's clinician. */
  'unreadTask.mail': { readonly taskId: string };
  /** An administrator opened a talk in an emergency: its two people are told. */
  'breakGlass.mail': { readonly grantId: string; readonly reader: 'clinician' | 'patient' };
  /** The clinician hears that the invitee needs help, declined, is somebody else, has joined, or has no tries left. */
  'invitation.notice': {
    readonly invitationId: string;
    readonly kind: 'help' | 'declined' | 'reported' | 'accepted' | 'triesUsedUp';
  };
}

export type JobName = keyof JobPayloads;

export interface JobQueue {
  /** Writes a job in the caller's transaction: it runs if, and only if, the transaction commits. */
  enqueue<N extends JobName>(tx: Tx, name: N, payload: JobPayloads[N]): Promise<void>;
}
