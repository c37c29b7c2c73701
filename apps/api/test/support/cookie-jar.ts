/**
 * A `fetch` that keeps cookies as a browser does, `Secure` ones on loopback too. Each jar asks from an address of its own
 * (198.18.0.0/15, RFC 2544), as the web server in front would tell it: limits by network then count each apart.
 */
export interface CookieJar {
  readonly fetch: typeof globalThis.fetch;
  readonly cookies: Map<string, string>;
}

let jars = 0;

/** @param kept cookies that the browser has from an earlier time */
export function cookieJar(kept: Readonly<Record<string, string>> = {}): CookieJar {
  jars += 1;
  const address = `198.18.${Math.floor(jars / 250)}.${(jars % 250) + 1}`;
  const cookies = new Map<string, string>(Object.entries(kept));
  return {
    cookies,
    async fetch(input, init) {
      const headers = new Headers(init?.headers);
      headers.set('x-forwarded-for', address);
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
