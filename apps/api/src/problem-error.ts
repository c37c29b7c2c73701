import { type Problem, type ProblemCode, problems } from '@casetalk/contract';

type Extras = Partial<
  Pick<
    Problem,
    'detail' | 'errors' | 'retryAfterSeconds' | 'triesLeft' | 'linkStatus' | 'unmet' | 'needs' | 'quota'
  >
>;

/** A refusal on purpose: thrown by services, answered as RFC 9457 problem details by the problems plugin. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly extras: Extras;

  constructor(code: ProblemCode, extras: Extras = {}) {
    super(problems[code].title);
    this.name = 'ProblemError';
    this.code = code;
    this.extras = extras;
  }
}

/** The one answer for what is missing and for what is none of the caller's business. */
export const notFound = (): ProblemError => new ProblemError('not-found');

/** A refusal of a header. */
export const invalidHeader = (name: string, detail: string): ProblemError =>
  new ProblemError('invalid-request', { errors: [{ pointer: `/${name}`, in: 'header', detail }] });
