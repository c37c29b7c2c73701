import { type DeliveryMethod, limits, type PhoneKind, type Verification } from '@casetalk/contract';

/** A number and a channel that a code may go to. */
export interface Destination {
  readonly methodId: string;
  readonly channel: 'text' | 'call';
  readonly phoneKind: PhoneKind;
  /** E.164; never leaves the API whole. */
  readonly phone: string;
}

/** The numbers of a flow. */
export interface Numbers {
  readonly mobile: string | null;
  readonly landline: string | null;
}

const destination = (phoneKind: PhoneKind, channel: 'text' | 'call', phone: string): Destination => ({
  methodId: `${phoneKind}-${channel}`,
  channel,
  phoneKind,
  phone,
});

/** Every way in which a code can reach these numbers, texts first; a landline can only be called. */
export function destinationsOf({ mobile, landline }: Numbers): Destination[] {
  return [
    ...(mobile ? [destination('mobile', 'text', mobile), destination('mobile', 'call', mobile)] : []),
    ...(landline ? [destination('landline', 'call', landline)] : []),
  ];
}

/** What a person is shown of a number: enough to know it by, not enough to learn it. */
export const presentMethod = ({ methodId, channel, phoneKind, phone }: Destination): DeliveryMethod => ({
  id: methodId,
  channel,
  phoneKind,
  hint: phone.slice(-2),
});

/** How often a number, a network and a flow may be sent codes: SMS pumping and toll fraud end here. */
export const sendCaps = {
  perNumber: [
    { seconds: 600, cap: 5 },
    { seconds: 3600, cap: 6 },
    { seconds: 86_400, cap: 10 },
  ],
  callsPerNumber: { seconds: 3600, cap: 3 },
  perFlow: 10,
} as const;

/** A code that was sent a moment ago, and what became of it. */
export interface JustSent extends Pick<Destination, 'channel' | 'phone'> {
  readonly state: Verification['state'];
  readonly cooling: boolean;
}

/**
 * Within the cool-down nothing is sent, as the message before may still arrive. One that is known not to arrive keeps
 * nobody from another way; how often a number, a network and a flow are sent codes is bounded as ever.
 */
export const mustWait = (live: JustSent, to: Destination): boolean =>
  live.cooling && (live.state !== 'failed' || (live.channel === to.channel && live.phone === to.phone));

/** What was sent before, as counted by the database. */
export interface SendFacts {
  readonly channel: 'text' | 'call';
  /** Sends to the number within each span of `sendCaps.perNumber`, in order. */
  readonly toNumber: readonly number[];
  readonly callsToNumber: number;
  readonly fromNetworkInHour: number;
  readonly networkCap: number;
}

/** @returns seconds to wait when a cap is reached, undefined when the code may leave */
export function sendRefusal(facts: SendFacts): number | undefined {
  for (const [index, { seconds, cap }] of sendCaps.perNumber.entries()) {
    if ((facts.toNumber[index] ?? 0) >= cap) return seconds;
  }
  if (facts.channel === 'call' && facts.callsToNumber >= sendCaps.callsPerNumber.cap) {
    return sendCaps.callsPerNumber.seconds;
  }
  return facts.fromNetworkInHour >= facts.networkCap ? 3600 : undefined;
}

/**
 * How many codes may leave in an hour in all: three times the busiest hour of the week before, and never fewer than the
 * floor. Beyond it something is wrong, and nothing leaves until somebody has looked.
 */
export const breakerLimit = (busiestHourOfWeek: number, floor: number): number =>
  Math.max(floor, 3 * busiestHourOfWeek);

/** Tries that are left for a code: its own, and what is left of the flow's. */
export const triesLeft = (usedOnCode: number, usedOnFlow: number): number =>
  Math.max(0, Math.min(limits.codeTries - usedOnCode, limits.codeTriesPerInvitation - usedOnFlow));

export interface VerificationFacts extends Omit<Destination, 'methodId'> {
  readonly id: string;
  readonly state: Verification['state'];
  readonly triesUsed: number;
  readonly sends: number;
  readonly lastSentAt: Date;
  readonly expiresAt: Date;
}

/** The live code of a flow: everything about it but the code and the number. */
export function presentVerification(facts: VerificationFacts, usedOnFlow: number): Verification {
  return {
    id: facts.id,
    method: presentMethod({ ...facts, methodId: `${facts.phoneKind}-${facts.channel}` }),
    state: facts.state,
    sentAt: facts.lastSentAt.toISOString(),
    expiresAt: facts.expiresAt.toISOString(),
    resendAt: new Date(facts.lastSentAt.getTime() + limits.resendCoolDownSeconds * 1000).toISOString(),
    triesLeft: triesLeft(facts.triesUsed, usedOnFlow),
    repeated: facts.sends > 1,
  };
}
