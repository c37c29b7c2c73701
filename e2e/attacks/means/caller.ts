import { randomUUID } from 'node:crypto';
import { idempotencyHeader, type Portal, portalHeader } from '@casetalk/contract';
import { type Answer, ask, type Ask, dataOf, freshNetwork } from './wire.ts';
import { formOf } from './multipart.ts';
import { giveSecondFactor } from './second-step.ts';
import type { Target } from './target.ts';

/** Somebody with a cookie jar at one of the portals, signed in or not. */
export interface Caller {
  readonly portal: Portal;
  readonly cookies: Map<string, string>;
  /** Who asks, for requests written by hand. */
  headers(): Record<string, string>;
  ask(ask: Ask): Promise<Answer>;
  /** Sends JSON with a fresh Idempotency-Key. */
  send(method: string, path: string, body?: unknown): Promise<Answer>;
}

export const cookieHeader = (cookies: Iterable<readonly [string, string]>): string =>
  [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

/**
 * A browser at a portal that nobody has signed in with yet.
 * @param network the network that it is in, as {@link freshNetwork} names one; this machine's own when absent
 */
export function newCaller(
  apiUrl: string,
  portal: Portal,
  network: Readonly<Record<string, string>> = {},
): Caller {
  const cookies = new Map<string, string>();
  const headers = (): Record<string, string> => ({
    ...network,
    [portalHeader]: portal,
    ...(cookies.size === 0 ? {} : { cookie: cookieHeader(cookies) }),
  });
  const caller: Caller = {
    portal,
    cookies,
    headers,
    async ask(what) {
      const answer = await ask(apiUrl, { ...what, headers: { ...headers(), ...what.headers } });
      for (const line of answer.headers['set-cookie'] ?? []) {
        const [pair = ''] = line.split(';');
        const at = pair.indexOf('=');
        const value = pair.slice(at + 1);
        if (value === '') cookies.delete(pair.slice(0, at));
        else cookies.set(pair.slice(0, at), value);
      }
      return answer;
    },
    send: (method, path, body) =>
      caller.ask({
        method,
        path,
        headers: {
          [idempotencyHeader]: randomUUID(),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  };
  return caller;
}

/** Somebody with an account. */
export interface Account {
  readonly portal: Portal;
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

/** Browsers that an account has been signed in to before, by its address: they are known. */
const devices = new Map<string, string>();

/** Begins to sign in from a network of its own, in a browser that may be known. */
export async function givePassword(
  target: Target,
  { portal, email, password }: Account,
): Promise<[Caller, Answer]> {
  const caller = newCaller(target.apiUrl, portal);
  const device = devices.get(email);
  if (device !== undefined) caller.cookies.set(`__Host-casetalk-${portal}-device`, device);
  const answer = await caller.ask({
    method: 'POST',
    path: '/v1/sessions',
    headers: { 'content-type': 'application/json', ...freshNetwork() },
    body: JSON.stringify({ email, password }),
  });
  return [caller, answer];
}

/** Signs in as people do. @throws when it is refused */
export async function signIn(target: Target, account: Account): Promise<Caller> {
  const [caller, answer] = await givePassword(target, account);
  if (answer.status === 202) await giveSecondFactor(target, caller, account, answer);
  else dataOf(answer);
  const device = caller.cookies.get(`__Host-casetalk-${account.portal}-device`);
  if (device !== undefined) devices.set(account.email, device);
  return caller;
}

/** Uploads a file whose name stands in the form as it is. */
export function upload(
  caller: Caller,
  path: string,
  file: { readonly name: string | Buffer; readonly content: Buffer | string; readonly type?: string },
): Promise<Answer> {
  const { type, body } = formOf({
    fileName: file.name,
    content: file.content,
    ...(file.type === undefined ? {} : { type: file.type }),
  });
  const headers = { 'content-type': type, [idempotencyHeader]: randomUUID() };
  return caller.ask({ method: 'POST', path, headers, body });
}
