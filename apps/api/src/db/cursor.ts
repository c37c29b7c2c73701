import { ProblemError } from '../problem-error.ts';

/** A place in a list: the sort keys of the last row on the page. Opaque on the wire, and never trusted to be ours. */
export const encodeCursor = (keys: readonly (string | null)[]): string =>
  Buffer.from(JSON.stringify(keys)).toString('base64url');

/** The refusal of anything that is not a cursor of the list. */
export const foreignCursor = (): ProblemError =>
  new ProblemError('invalid-request', {
    errors: [
      { pointer: '/cursor', in: 'query', detail: 'Use the nextCursor of the page before, unchanged.' },
    ],
  });

/** @throws ProblemError `invalid-request` for anything that is not a cursor of `length` keys */
export function decodeCursor(cursor: string, length: number): (string | null)[] {
  try {
    const keys: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (
      Array.isArray(keys) &&
      keys.length === length &&
      keys.every((key) => key === null || (typeof key === 'string' && !key.includes('\0')))
    ) {
      return keys;
    }
  } catch {
    // Falls through to the refusal below: the caller made it up or cut it.
  }
  throw foreignCursor();
}

/** True for an instant that PostgreSQL reads: RFC 3339 in UTC, on a day that the calendar has. */
export function isInstantKey(key: string | null | undefined): key is string {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/.test(key ?? '')) return false;
  const read = new Date(key ?? '');
  // JavaScript makes the 3rd of March of the 31st of February, and knows a year nought.
  const isExact = !Number.isNaN(read.getTime()) && read.toISOString().slice(0, 10) === key?.slice(0, 10);
  return isExact && !key.startsWith('0000');
}

/** True for an id that PostgreSQL reads. */
export const isIdKey = (key: string | null | undefined): key is string =>
  typeof key === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(key);

/** A place among rows sorted by an instant and then by id. */
export interface Place {
  /** RFC 3339 with six decimals. */
  readonly at: string;
  readonly id: string;
}

export const encodePlace = ({ at, id }: Place): string => encodeCursor([at, id]);

/** @throws ProblemError `invalid-request` */
export function decodePlace(cursor: string): Place {
  const [at, id] = decodeCursor(cursor, 2);
  if (!isInstantKey(at) || !isIdKey(id)) throw foreignCursor();
  return { at, id };
}
