import type { MailDelivery } from '@casetalk/contract';
import { mailReason } from './mail-reasons.rules.ts';

/** How far a message that was handed to a provider has come. */
export type DeliveryState = MailDelivery;

const rank: Readonly<Record<DeliveryState, number>> = {
  queued: 0,
  sent: 1,
  deferred: 2,
  delivered: 3,
  bounced: 4,
  failed: 4,
  blocked: 4,
  spam: 5,
};

/** The states from which a delivery may come into this one. */
export const statesBefore = (state: DeliveryState): DeliveryState[] =>
  (Object.keys(rank) as DeliveryState[]).filter((one) => rank[one] < rank[state]);

/** What SendGrid's events mean; every other event tells nothing of the delivery. */
const byEvent: Readonly<Record<string, DeliveryState>> = {
  deferred: 'deferred',
  delivered: 'delivered',
  bounce: 'bounced',
  dropped: 'failed',
  spamreport: 'spam',
};

export interface MailReport {
  readonly deliveryId: string;
  readonly state: DeliveryState;
  readonly reason: string | null;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads one event of SendGrid's webhook; undefined for what is not about a delivery of ours. */
export function readMailEvent(event: Readonly<Record<string, unknown>>): MailReport | undefined {
  const { event: name, deliveryId, type } = event;
  const known = typeof name === 'string' ? byEvent[name] : undefined;
  if (!known || typeof deliveryId !== 'string' || !uuid.test(deliveryId)) return undefined;
  // A block is the receiving server's refusal of this message; the address itself may be fine.
  const state = name === 'bounce' && type === 'blocked' ? 'blocked' : known;
  return {
    deliveryId,
    state,
    reason: state === 'delivered' ? null : mailReason(event),
  };
}
