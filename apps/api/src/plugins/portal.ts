import { type Portal, portalHeader } from '@casetalk/contract';
import type { FastifyRequest } from 'fastify';
import { invalidHeader } from '../problem-error.ts';

/** The portal that a request comes from, by the header that the portal's web server sets. */
export function declaredPortal(request: FastifyRequest): Portal | undefined {
  const value = request.headers[portalHeader];
  return value === 'clinician' || value === 'patient' ? value : undefined;
}

/**
 * The portal of a request that makes no sense without one, such as signing in.
 * @throws ProblemError `invalid-request` when the header is missing
 */
export function portalOf(request: FastifyRequest): Portal {
  const portal = declaredPortal(request);
  if (portal) return portal;
  throw invalidHeader(portalHeader, 'Send the header casetalk-portal with the value clinician or patient.');
}
