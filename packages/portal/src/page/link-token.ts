import { linkToken } from '@casetalk/contract';

/**
 * Takes the secret of an emailed link out of the address: out of the fragment, which no server ever sees, and at once out
 * of the address bar and the history. Answers null when there is none, and the text as it is when it is damaged.
 */
export function takeLinkToken(): string | null {
  const token = decodeURIComponent(location.hash.slice(1));
  if (token === '') return null;
  history.replaceState(history.state, '', `${location.pathname}${location.search}`);
  return token;
}

/** Whether a text can be the secret of a link at all. */
export const isLinkToken = (text: string): boolean => linkToken.safeParse(text).success;
