import type { Failure, Result } from '@casetalk/client';

/** What a query or an act throws when the API said no, or could not be reached. */
export class ApiFailure extends Error {
  readonly problem: Failure;

  constructor(problem: Failure) {
    super(problem.title);
    this.name = 'ApiFailure';
    this.problem = problem;
  }
}

/**
 * The data of a good answer.
 *
 * @throws ApiFailure with the API's problem, or `unreachable`.
 */
export async function answerOf<T>(call: Promise<Result<T>>): Promise<T> {
  const result = await call;
  if (result.ok) return result.data;
  throw new ApiFailure(result.problem);
}

/** The problem inside whatever was thrown; anything that is not the API's reads as a fault of ours. */
export function problemOf(error: unknown): Failure {
  if (error instanceof ApiFailure) return error.problem;
  return { type: '/problems/internal', code: 'internal', status: 500, title: 'Something went wrong' };
}

/**
 * True when nobody knows whether the act took place: no answer came, or one that can come after the fact. Tried again it
 * keeps its idempotency key; after a refusal the mended form is a new act.
 */
export const mayHaveHappened = ({ code }: Failure): boolean => uncertain.has(code);

const uncertain = new Set<Failure['code']>(['unreachable', 'internal', 'unavailable', 'busy-try-again']);
