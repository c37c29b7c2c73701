import { type Client, createClient } from '@casetalk/client';
import type { Portal } from '@casetalk/contract';
import { answerOf, signedIn } from '../../support/clinic.ts';
import { fetchWithCookies } from '../../support/cookie-jar.ts';
import { cookiesOfBrowser } from '../../support/known-browsers.ts';
import { type Caller, newCaller } from './caller.ts';
import type { Target } from './target.ts';
import { freshNetwork } from './wire.ts';

/** Somebody at a portal: a typed client, and a caller for requests that the client would never send, on one cookie jar. */
export interface Visitor extends Caller {
  readonly client: Client;
}

/** Somebody who has signed in. */
export interface Actor extends Visitor {
  readonly id: string;
  readonly email: string;
  readonly sessionId: string;
}

/** Keeps cookies in the caller's jar, and comes from a network of its own each time: brakes on networks stay out of the way. */
function fetchAs({ cookies }: Caller): typeof globalThis.fetch {
  const fetcher = fetchWithCookies(cookies);
  return (input, init) => {
    const headers = new Headers(init?.headers);
    for (const [name, value] of Object.entries(freshNetwork())) headers.set(name, value);
    return fetcher(input, { ...init, headers });
  };
}

/** A browser in which nobody has signed in. */
export function newVisitor({ apiUrl }: Pick<Target, 'apiUrl'>, portal: Portal): Visitor {
  const caller = newCaller(apiUrl, portal);
  return { ...caller, client: createClient({ baseUrl: apiUrl, portal, fetch: fetchAs(caller) }) };
}

/**
 * Signs in as people do: patients in the browser in which they registered, everybody else with a second factor.
 * @throws when it is refused
 */
export async function enter(
  target: Pick<Target, 'apiUrl' | 'mailroomUrl' | 'ownerUrl'>,
  portal: Portal,
  email: string,
  password: string,
): Promise<Actor> {
  const caller = newCaller(target.apiUrl, portal);
  for (const [name, value] of cookiesOfBrowser(email)) caller.cookies.set(name, value);
  const client = await signedIn(target, portal, email, password, fetchAs(caller));
  const { me, sessionId } = await answerOf(client.getSession());
  return { ...caller, client, id: me.id, email, sessionId };
}
