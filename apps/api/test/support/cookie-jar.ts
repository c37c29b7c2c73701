/** A `fetch` that keeps cookies as a browser does, `Secure` ones on loopback too. */
export interface CookieJar {
  readonly fetch: typeof globalThis.fetch;
  readonly cookies: Map<string, string>;
}

export function cookieJar(): CookieJar {
  const cookies = new Map<string, string>();
  return {
    cookies,
    async fetch(input, init) {
      const headers = new Headers(init?.headers);
      if (cookies.size > 0)
        headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
      const response = await globalThis.fetch(input, { ...init, headers });
      for (const line of response.headers.getSetCookie()) {
        const [pair = '', ...attributes] = line.split(';');
        const at = pair.indexOf('=');
        const name = pair.slice(0, at);
        const gone = attributes.some((attribute) =>
          /^\s*(max-age=0|expires=thu, 01 jan 1970)/i.test(attribute),
        );
        if (gone) cookies.delete(name);
        else cookies.set(name, pair.slice(at + 1));
      }
      return response;
    },
  };
}
