import { KeyRefused } from './gateways/key-vault.ts';
import { SealBroken } from './vault/seal-broken.ts';

/** What may be logged of a failure: where it happened and of what kind, never the values that were at hand. */
export interface Failure {
  readonly name: string;
  readonly code?: string;
  readonly constraint?: string;
  /** What did not open, by ids. */
  readonly sealed?: string;
  readonly at: string;
}

/**
 * Messages of database errors quote the query's values, and these can be what a patient wrote: so the message stays out,
 * and kind, SQLSTATE, constraint and the places in the code go in.
 */
export function describeFailure(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: typeof error, at: '' };
  const cause = error.cause instanceof Error ? error.cause : error;
  const { code, constraint } = cause as { code?: unknown; constraint?: unknown };
  return {
    name: cause.name,
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof constraint === 'string' ? { constraint } : {}),
    // These two say nothing but ids, which is what an operator needs.
    ...(cause instanceof SealBroken || cause instanceof KeyRefused ? { sealed: cause.message } : {}),
    at: framesOf(error).slice(0, 12).join(' < '),
  };
}

/** The places of a stack. It begins with the message, whose lines may look like places themselves. */
function framesOf({ stack = '', message }: Error): string[] {
  const at = stack.indexOf(message);
  if (at < 0) return [];
  return stack
    .slice(at + message.length)
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .map((line) => line.trim());
}
