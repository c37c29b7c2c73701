import type { FastifyRequest } from 'fastify';
import { invalidHeader } from '../problem-error.ts';

/**
 * The version that a change is based on: a strong entity tag (RFC 9110 §13.1.1).
 * @param what names the thing that is changed: "the case"
 * @throws ProblemError `invalid-request` when it is missing or no version
 */
export function versionOf(request: Pick<FastifyRequest, 'headers'>, what: string): number {
  const version = /^"?(\d{1,9})"?$/.exec(request.headers['if-match'] ?? '')?.[1];
  if (version === undefined) {
    throw invalidHeader('if-match', `Send If-Match with the version of ${what} that you are changing.`);
  }
  return Number(version);
}
