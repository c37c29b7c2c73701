import type { Portal } from '@casetalk/contract';
import type { TestApi } from './api.ts';
import { cookieJar } from './cookie-jar.ts';
import { freshCode } from './authenticator.ts';
import { goodPassword, knownDevice } from './people.ts';

/** A signed-in person without the client, for requests that the client would never send. */
export interface RawSession {
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** The headers that say who asks, for requests written by hand. */
  headers(): Record<string, string>;
}

export async function rawSession(api: TestApi, portal: Portal, email: string): Promise<RawSession> {
  const jar = cookieJar(portal === 'patient' ? await knownDevice(api, email) : {});
  const response = await jar.fetch(`${api.url}/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'casetalk-portal': portal },
    body: JSON.stringify({ email, password: goodPassword }),
  });
  if (response.status === 202) {
    const proved = await jar.fetch(`${api.url}/v1/sign-ins/current/authenticator-code`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'casetalk-portal': portal },
      body: JSON.stringify({ code: await freshCode(api, email) }),
    });
    if (proved.status !== 201) throw new Error(`The second factor answered ${proved.status}.`);
  } else if (response.status !== 201) {
    throw new Error(`Signing in answered ${response.status}.`);
  }
  return {
    fetch: (path, init) =>
      jar.fetch(`${api.url}${path}`, {
        ...init,
        headers: { 'casetalk-portal': portal, ...(init?.headers as Record<string, string> | undefined) },
      }),
    headers: () => ({
      'casetalk-portal': portal,
      cookie: [...jar.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    }),
  };
}
