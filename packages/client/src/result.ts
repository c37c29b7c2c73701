import type { Problem } from '@casetalk/contract';

/** The API could not be reached: no network, a refused connection, or an answer that is not the API's. */
export interface Unreachable {
  readonly code: 'unreachable';
  readonly status: 0;
  readonly title: string;
  readonly detail?: string;
}

export type Failure = Problem | Unreachable;

/** An answer as a value: nothing that the API or the network does is thrown, save an abort by the caller. */
export type Result<T> =
  | { readonly ok: true; readonly status: number; readonly data: T; readonly headers: Headers }
  | { readonly ok: false; readonly status: number; readonly problem: Failure; readonly headers?: Headers };

export const unreachable = (detail?: string): { ok: false; status: 0; problem: Unreachable } => ({
  ok: false,
  status: 0,
  problem: {
    code: 'unreachable',
    status: 0,
    title: 'The service cannot be reached',
    ...(detail ? { detail } : {}),
  },
});

/** Reads a failed answer: the API's problem, or `unreachable` when something in between answered. */
export function failureOf(status: number, text: string, headers: Headers): Result<never> {
  if (headers.get('content-type')?.startsWith('application/problem+json')) {
    return { ok: false, status, problem: JSON.parse(text) as Problem, headers };
  }
  return unreachable(`HTTP ${status}`);
}
