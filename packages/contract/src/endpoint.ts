import type * as z from 'zod';
import type { ProblemCode } from './problems.ts';

/**
 * Who may call an operation at all. What the caller may see of the answer is decided by the API's policies.
 * - `anyone`: no credentials; `clinician`, `patient`: a portal session of that kind
 * - `registration`, `passwordReset`: the short-lived flow that an emailed link opened
 * - `signIn`: a sign-in whose password was right, until its second factor is given
 * - `provider`: a delivery provider's webhook, proved by its signature
 */
export type Access =
  | 'anyone'
  | 'clinician'
  | 'patient'
  | 'registration'
  | 'passwordReset'
  | 'signIn'
  | 'provider';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** How bytes travel when they are not JSON. */
export type Transfer = 'upload' | 'append' | 'download' | 'events';

/** What an operation is in the tus protocol, which speaks in headers. */
export type TusStep = 'creation' | 'state' | 'append';

/** One operation of the REST API: what goes over the wire, and who may ask. */
export interface Endpoint {
  readonly method: Method;
  /** Path template in OpenAPI's form, `/v1/cases/{caseId}`. */
  readonly path: string;
  readonly tag: Tag;
  readonly summary: string;
  readonly description?: string;
  readonly access: readonly [Access, ...Access[]];
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** The successful answer; `output` absent means an empty body. */
  readonly status: 200 | 201 | 202 | 204 | 303;
  readonly output?: z.ZodType;
  /** Where there is a second successful answer, 202: what still has to happen before the first one can be given. */
  readonly accepted?: z.ZodType;
  /** Problems that this operation may answer beside those of every operation. */
  readonly problems: readonly ProblemCode[];
  /** True where a POST creates: the `Idempotency-Key` header is honoured. */
  readonly idempotent?: boolean;
  readonly transfer?: Transfer;
  readonly tus?: TusStep;
}

export const tags = {
  sessions: 'Sign in, sign out, and the sessions of an account.',
  passwordResets: 'A forgotten password: a link by email, then a code by text or call.',
  me: 'The signed-in person.',
  practice: 'What a practice has chosen, for its administrators.',
  unsubscriptions: 'What the links at the foot of notices and reminders do.',
  cases: 'Cases and who works on them.',
  invitations: 'One clinician’s offer to one patient to talk on one case.',
  registrations: 'The steps from the emailed link to a usable account.',
  talks: 'Patient talks: private to one clinician and one patient.',
  attachments: 'Files of a talk, and the files that everyone on a case can see.',
  access: 'Who has seen a talk, for its two people.',
  breakGlass: 'An administrator’s emergency access to one talk: to read, for a short time, seen by all.',
  doctorTalk: 'The thread that all members of a case share, without the patient.',
  tasks: 'What has been unread for too long and waits for its clinician.',
  drafts: 'What a person has begun to write: seen by nobody else.',
  events: 'Live updates.',
  webhooks: 'Calls from the delivery providers.',
} as const;

export type Tag = keyof typeof tags;

/** Declares an operation, keeping its literal types for the client and the API. */
export function endpoint<const E extends Endpoint>(descriptor: E): E {
  return descriptor;
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
type Given<S> = S extends z.ZodType ? z.input<S> : undefined;

/** The path parameters as the API's handler receives them. */
export type ParamsOf<E extends Endpoint> = Parsed<E['params']>;
/** The query as the API's handler receives it, defaults filled in. */
export type QueryOf<E extends Endpoint> = Parsed<E['query']>;
/** The body as the API's handler receives it. */
export type BodyOf<E extends Endpoint> = Parsed<E['body']>;
/** The answer on the wire. */
export type OutputOf<E extends Endpoint> =
  | Given<E['output']>
  | (E['accepted'] extends z.ZodType ? z.input<E['accepted']> : never);
/** What a caller passes: only the parts that the operation has. */
export type InputOf<E extends Endpoint> = (E['params'] extends z.ZodType
  ? { params: Given<E['params']> }
  : unknown) &
  (E['query'] extends z.ZodType ? { query?: Given<E['query']> } : unknown) &
  (E['body'] extends z.ZodType ? { body: Given<E['body']> } : unknown);
