import type { InvitationLink, InvitationState, MailDelivery } from '@casetalk/contract';

/** States in which an invitation still waits for its patient. */
export const liveStates = ['pending', 'opened', 'verified'] as const satisfies readonly InvitationState[];

/** States from which its clinician may send it again. */
export const reissuableStates = [...liveStates, 'expired'] as const satisfies readonly InvitationState[];

const ends = ['accepted', 'expired', 'revoked', 'declined', 'reported'] as const;

/** Every legal move. An invitation ends once; only sending it again brings one back, and only from `expired`. */
const moves: Readonly<Record<InvitationState, readonly InvitationState[]>> = {
  pending: ['opened', ...ends],
  opened: ['verified', 'pending', ...ends],
  verified: ['pending', ...ends],
  expired: ['pending'],
  accepted: [],
  revoked: [],
  declined: [],
  reported: [],
};

export const mayMove = (from: InvitationState, to: InvitationState): boolean => moves[from].includes(to);

export interface StateFacts {
  readonly state: InvitationState;
  /** Its time is over by the database's clock, whether or not a sweep has marked it yet. */
  readonly overdue: boolean;
}

const isLive = (state: InvitationState): boolean => liveStates.some((live) => live === state);

/** The state as people see it: what is over by time is expired from that second on. */
export const effectiveState = ({ state, overdue }: StateFacts): InvitationState =>
  isLive(state) && overdue ? 'expired' : state;

/** What its link is good for. Whoever holds a link learns no more than this. */
export function linkStatus(facts: StateFacts): Exclude<InvitationLink['status'], 'unknown'> {
  const state = effectiveState(facts);
  if (isLive(state)) return 'usable';
  if (state === 'accepted') return 'used';
  return state === 'expired' ? 'expired' : 'revoked';
}

/** Invitations that one clinician may send in an hour and in a day, first ones and repeated ones together. */
export const invitationRates = (clinicianId: string) => [
  { key: `invitations:hour:${clinicianId}`, seconds: 3600, cap: 30 },
  { key: `invitations:day:${clinicianId}`, seconds: 86_400, cap: 100 },
];

/** New links that the invitee may ask for: by invitation, and by network. */
export const renewalRates = (invitationId: string, network: string) => [
  { key: `renewal:invitation:${invitationId}`, seconds: 86_400, cap: 3 },
  { key: `renewal:network:${network}`, seconds: 3600, cap: 10 },
];

/** Days after the mail with a link on which its invitee is reminded, unless there is an account by then. */
export const reminderDays = [3, 7, 14] as const;

export interface ReminderFacts extends StateFacts {
  readonly delivery: MailDelivery;
  readonly sentAt: Date | null;
  readonly expiresAt: Date;
  /** How many reminders of the present link there are. */
  readonly reminders: number;
  /** The practice switched them off, or the invitee asked for none. */
  readonly remindersOff: boolean;
}

const dayMs = 86_400_000;

/** When the invitee will be reminded next; null when that will not happen. */
export function nextReminderAt(facts: ReminderFacts): Date | null {
  const { delivery, sentAt, expiresAt, reminders, remindersOff } = facts;
  const day = reminderDays[reminders];
  const isMailed = delivery === 'sent' || delivery === 'delivered' || delivery === 'deferred';
  if (remindersOff || !isMailed || !sentAt || day === undefined || !isLive(effectiveState(facts)))
    return null;
  const at = new Date(sentAt.getTime() + day * dayMs);
  return at < expiresAt ? at : null;
}
