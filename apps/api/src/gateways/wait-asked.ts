/** The longest that a provider is left alone for its asking, in seconds: one try in a quarter of an hour harms nobody. */
const longestWait = 900;

type Headers = Readonly<Record<string, unknown>>;

const inSeconds = (text: string): number | undefined => (/^\d{1,10}$/.test(text) ? Number(text) : undefined);

/** RFC 9110, 10.2.3: whole seconds, or the date from when on one may ask again. */
function retryAfter(text: string, now: number): number | undefined {
  const seconds = inSeconds(text);
  if (seconds !== undefined) return seconds;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : (date - now) / 1000;
}

/** SendGrid names the second, in Unix time, in which its limit begins anew. */
function rateLimitReset(text: string, now: number): number | undefined {
  const reset = inSeconds(text);
  return reset === undefined ? undefined : reset - now / 1000;
}

/**
 * How long a provider that answered with a refusal of the moment (429, 503) asks to be left alone.
 * @param headers of its answer, names in lower case
 * @returns whole seconds, at least one and at most a quarter of an hour; undefined when it does not say
 */
export function waitAsked(headers: Headers | undefined, now = Date.now()): number | undefined {
  const text = (name: string): string => {
    const value = headers?.[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  };
  const seconds = retryAfter(text('retry-after'), now) ?? rateLimitReset(text('x-ratelimit-reset'), now);
  return seconds === undefined || seconds <= 0 ? undefined : Math.min(longestWait, Math.ceil(seconds));
}
