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
  /** @param what the provider and its status or error code; never a person's address, since it ends up in logs */
  constructor(what: string) {
    super(`${what}. The message will be tried again.`);
    this.name = 'DeliveryPostponed';
  }
}

/** Requests that fail for reasons of ours or of the moment: sign-in, permission, time-out, too many. */
const passing = new Set([401, 403, 408, 425, 429]);

/** True for an HTTP status that says that this very message is at fault. */
export const isRefusal = (status: number): boolean => status >= 400 && status < 500 && !passing.has(status);
