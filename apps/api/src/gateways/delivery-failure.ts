import { waitAsked } from './wait-asked.ts';

/** The provider refuses this message for good, such as a number that cannot receive texts: trying again changes nothing. */
export class DeliveryRefused extends Error {
  /** Why, in plain words that a clinician understands. */
  readonly reason: string;

  constructor(reason: string) {
    super('The provider refused the message for good.');
    this.name = 'DeliveryRefused';
    this.reason = reason;
  }
}

/** The provider did not take the message now: down, slow, busy, or our account is not in order. Try again later. */
export class DeliveryPostponed extends Error {
  /** How long the provider asks to be left alone, in seconds; undefined when it did not say. */
  readonly waitSeconds: number | undefined;

  /** @param what the provider and its status or error code; never a person's address, since it ends up in logs */
  constructor(what: string, waitSeconds?: number) {
    super(`${what}. The message will be tried again.`);
    this.name = 'DeliveryPostponed';
    this.waitSeconds = waitSeconds;
  }
}

/** Requests that fail for reasons of ours or of the moment: sign-in, permission, time-out, too many. */
const passing = new Set([401, 403, 408, 425, 429]);

/** True for an HTTP status that may say how long it lasts (RFC 6585, RFC 9110): too many requests, or out of order. */
export const isOfTheMoment = (status: number): boolean => status === 429 || status === 503;

/** What a provider's answer that is no refusal for good comes to. @param headers of the answer, names in lower case */
export const postponed = (
  provider: string,
  status: number | undefined,
  headers?: Readonly<Record<string, unknown>>,
): DeliveryPostponed =>
  status === undefined
    ? new DeliveryPostponed(`${provider} could not be reached`)
    : new DeliveryPostponed(
        `${provider} answered ${status}`,
        isOfTheMoment(status) ? waitAsked(headers) : undefined,
      );

/** True for an HTTP status that says that this very message is at fault. */
export const isRefusal = (status: number): boolean => status >= 400 && status < 500 && !passing.has(status);
