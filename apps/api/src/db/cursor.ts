import { ProblemError } from '../problem-error.ts';

/** A place in a list: the sort keys of the last row on the page. Opaque on the wire, and never trusted to be ours. */
export const encodeCursor = (keys: readonly (string | null)[]): string =>
  Buffer.from(JSON.stringify(keys)).toString('base64url');

/** @throws ProblemError `invalid-request` for anything that is not a cursor of `length` keys */
export function decodeCursor(cursor: string, length: number): (string | null)[] {
  try {
    const keys: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (
      Array.isArray(keys) &&
      keys.length === length &&
      keys.every((key) => key === null || typeof key === 'string')
    ) {
      return keys;
    }
  } catch {
    // Falls through to the refusal below: the caller made it up or cut it.
  }
  throw new ProblemError('invalid-request', {
    errors: [
      { pointer: '/cursor', in: 'query', detail: 'Use the nextCursor of the page before, unchanged.' },
    ],
  });
}
