import { z } from 'zod';

/** What the provider's API answers: as it should, an error, nothing at all, or a cut connection. */
const answer = z.enum(['accept', 'badRequest', 'tooMany', 'serverError', 'hang', 'down']);

/** Longest delay a switch may ask for: ten minutes, the life of a security code. */
const delayMs = z.int().min(0).max(600_000);

const timing = {
  answer,
  /** Seconds named in `Retry-After` when the answer is `tooMany`. */
  retryAfterSeconds: z.int().min(0).max(600),
  /** How it names them: in seconds, as a date, by SendGrid's `X-RateLimit-Reset` alone, or not at all. */
  retryAfterAs: z.enum(['seconds', 'date', 'reset', 'nothing']),
  /** Milliseconds between the provider's "accepted" and the person's inbox, telephone or ear. */
  deliveryDelayMs: delayMs,
  /** Milliseconds between something happening and the callback that tells of it. */
  callbackDelayMs: delayMs,
  /** Keep the message back (a call: let it ring) until somebody releases it. */
  hold: z.boolean(),
};

const emailSwitch = z.strictObject({
  ...timing,
  outcome: z.enum(['deliver', 'bounce', 'block', 'drop', 'defer']),
});

const textSwitch = z.strictObject({
  ...timing,
  outcome: z.enum(['deliver', 'undelivered', 'blocked', 'fail']),
  /** The number is a landline: `refuse` answers 21614 at once, `undelivered` reports 30006 later. */
  landline: z.enum(['no', 'refuse', 'undelivered']),
});

const callSwitch = z.strictObject({
  ...timing,
  /** `machine`: an answering machine picks up and records what is said. */
  outcome: z.enum(['answer', 'machine', 'noAnswer', 'busy', 'fail']),
});

const partialSwitches = z.strictObject({
  email: emailSwitch.partial().optional(),
  text: textSwitch.partial().optional(),
  call: callSwitch.partial().optional(),
});

/** An email address in lower case, or a number in E.164: the key of a person's switches. */
export const address = z
  .string()
  .trim()
  .min(1)
  .max(320)
  // A plus sign typed bare into an address bar arrives as a space.
  .transform((value) => (/^\d{7,15}$/.test(value) ? `+${value}` : value.toLowerCase()));

export const personSwitches = partialSwitches;

/** The whole state of the switches; what is left out stands at its default. */
export const switches = z.strictObject({
  everyone: partialSwitches.default({}),
  recipients: z
    .record(address, partialSwitches)
    .refine((recipients) => Object.keys(recipients).length <= 1000, 'At most 1,000 recipients.')
    .default({}),
});

export type EmailSwitch = z.infer<typeof emailSwitch>;
export type TextSwitch = z.infer<typeof textSwitch>;
export type CallSwitch = z.infer<typeof callSwitch>;
export type PersonSwitches = z.infer<typeof partialSwitches>;
export type Switches = z.infer<typeof switches>;
/** What may be sent to set the switches. */
export type SwitchesInput = z.input<typeof switches>;

const timely = {
  answer: 'accept',
  retryAfterSeconds: 1,
  retryAfterAs: 'seconds',
  deliveryDelayMs: 0,
  callbackDelayMs: 0,
  hold: false,
} as const;

/** How everything behaves while no switch is set. */
export const defaults: { email: EmailSwitch; text: TextSwitch; call: CallSwitch } = {
  email: { ...timely, outcome: 'deliver' },
  text: { ...timely, outcome: 'deliver', landline: 'no' },
  call: { ...timely, outcome: 'answer' },
};

/** Holds the switches and says how a channel behaves for one person. */
export class Switchboard {
  #state: Switches = { everyone: {}, recipients: {} };

  /** The state as set, without the defaults. */
  get state(): Switches {
    return this.#state;
  }

  /** Replaces every switch. */
  replace(state: Switches): void {
    this.#state = state;
  }

  /** Replaces the switches of one person; an empty object takes them away. */
  replaceFor(to: string, person: PersonSwitches): void {
    const recipients = { ...this.#state.recipients };
    delete recipients[to];
    if (Object.keys(person).length > 0) recipients[to] = person;
    this.#state = { ...this.#state, recipients };
  }

  /** How email behaves for this person: their own switches win over everyone's. */
  email(to: string): EmailSwitch {
    return Object.assign({ ...defaults.email }, this.#state.everyone.email, this.#own(to)?.email);
  }

  /** How texts behave for this number. */
  text(to: string): TextSwitch {
    return Object.assign({ ...defaults.text }, this.#state.everyone.text, this.#own(to)?.text);
  }

  /** How calls behave for this number. */
  call(to: string): CallSwitch {
    return Object.assign({ ...defaults.call }, this.#state.everyone.call, this.#own(to)?.call);
  }

  #own(to: string): PersonSwitches | undefined {
    return Object.hasOwn(this.#state.recipients, to) ? this.#state.recipients[to] : undefined;
  }
}
