import type { Access, Portal } from '@casetalk/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Actor, PasswordResetActor, Person, RegistrationActor, SignInActor } from '../actors.ts';
import { notFound, ProblemError } from '../problem-error.ts';
import { passwordResetCookie, registrationCookie, sessionCookie, signInCookie } from './cookies.ts';
import { declaredPortal } from './portal.ts';

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor;
  }
}

/** Who a secret belongs to; undefined for secrets that are unknown, over or revoked. */
export interface Credentials {
  session(portal: Portal, token: string, passive: boolean): Promise<Person | undefined>;
  registration(token: string): Promise<RegistrationActor | undefined>;
  passwordReset(portal: Portal, token: string): Promise<PasswordResetActor | undefined>;
  signIn(portal: Portal, token: string): Promise<SignInActor | undefined>;
  readonly termsVersion: string;
}

const nobody: Actor = { kind: 'anyone' };

/**
 * Finds out who asks, before any byte of a body is read, and refuses who may not ask at all. A person of the other kind
 * gets the answer of a route that does not exist.
 */
export function useAuthentication(app: FastifyInstance, credentials: Credentials): void {
  // Set for each request by the hook below, never shared between requests.
  app.decorateRequest('actor', null as never);
  app.addHook('onRequest', async (request) => {
    const { access, passive = false, beforeTerms = false } = request.routeOptions.config;
    request.actor = nobody;
    if (!access || access.includes('anyone') || access.includes('provider')) return;
    const person = await personOf(request, passive);
    if (person && access.includes(person.kind)) {
      if (person.kind === 'patient' && person.termsVersion !== credentials.termsVersion && !beforeTerms) {
        throw new ProblemError('terms-due');
      }
      request.actor = person;
      return;
    }
    const flow = await flowOf(request, access);
    if (flow) {
      request.actor = flow;
      return;
    }
    throw person ? notFound() : new ProblemError('unauthenticated');
  });

  async function personOf(request: FastifyRequest, passive: boolean): Promise<Person | undefined> {
    for (const portal of portalsOf(request)) {
      const token = request.cookies[sessionCookie(portal)];
      const person = token ? await credentials.session(portal, token, passive) : undefined;
      if (person) return person;
    }
    return undefined;
  }

  async function flowOf(request: FastifyRequest, access: readonly Access[]): Promise<Actor | undefined> {
    const registration = request.cookies[registrationCookie];
    if (access.includes('registration') && registration) {
      const actor = await credentials.registration(registration);
      if (actor) return actor;
    }
    for (const portal of portalsOf(request)) {
      const reset = request.cookies[passwordResetCookie(portal)];
      const signIn = request.cookies[signInCookie(portal)];
      const actor =
        (access.includes('passwordReset') && reset && (await credentials.passwordReset(portal, reset))) ||
        (access.includes('signIn') && signIn && (await credentials.signIn(portal, signIn)));
      if (actor) return actor;
    }
    return undefined;
  }
}

/** The portal that the web server named; without one whichever cookie is there speaks for itself. */
function portalsOf(request: FastifyRequest): readonly Portal[] {
  const portal = declaredPortal(request);
  return portal ? [portal] : ['clinician', 'patient'];
}
