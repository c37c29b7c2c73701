import type { Answer } from './wire.ts';

/** What differs from answer to answer by itself: the clock, the request's own number, and what brakes have counted. */
const ownOf = /^(?:date|x-request-id|x-ratelimit-(?:remaining|reset)|keep-alive|connection)$/i;

/** Every byte of an answer but those that name this one request: two answers with one face cannot be told apart. */
export function faceOf({ status, rawHeaders, text }: Answer): string {
  const headers: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (!ownOf.test(name)) headers.push(`${name}: ${rawHeaders[index + 1]}`);
  }
  return `${status}\n${headers.join('\n')}\n\n${text.replace(/"instance":"[^"]*"/, '"instance":""')}`;
}
