import { endpoints } from '@casetalk/contract';
import type { FastifyInstance } from 'fastify';
import { handle } from '../../plugins/contract-routes.ts';
import { cookies, deviceCookie, sessionCookie, signInCookie } from '../../plugins/cookies.ts';
import { portalOf } from '../../plugins/portal.ts';
import { knownDeviceSeconds } from './sessions.rules.ts';
import type { SessionService } from './sessions.service.ts';

export function sessionRoutes(app: FastifyInstance, sessions: SessionService): void {
  handle(app, endpoints.signIn, { perMinute: 30 }, async ({ body, origin, request, reply }) => {
    const portal = portalOf(request);
    const answer = await sessions.signIn(portal, body, origin, {
      userAgent: request.headers['user-agent'],
      deviceToken: request.cookies[deviceCookie(portal)],
      sessionToken: request.cookies[sessionCookie(portal)],
    });
    if (answer.kind === 'waiting') {
      cookies.set(reply, signInCookie(portal), answer.secret);
      reply.code(202).header('location', '/v1/sign-ins/current');
      return answer.progress;
    }
    cookies.set(reply, sessionCookie(portal), answer.secret);
    cookies.keep(reply, deviceCookie(portal), answer.deviceToken, knownDeviceSeconds);
    reply.header('location', '/v1/sessions/current');
    return answer.session;
  });

  handle(app, endpoints.getSession, { passive: true, beforeTerms: true }, ({ actor }) =>
    sessions.current(actor, false),
  );

  handle(app, endpoints.renewSession, { beforeTerms: true }, ({ actor }) => sessions.current(actor, true));

  handle(app, endpoints.signOut, { beforeTerms: true }, async ({ actor, origin, reply }) => {
    await sessions.end(actor, actor.sessionId, origin);
    cookies.clear(reply, sessionCookie(actor.kind));
    reply.header('clear-site-data', '"cache"');
  });

  handle(app, endpoints.listSessions, {}, async ({ actor }) => ({
    data: await sessions.list(actor),
    nextCursor: null,
  }));

  handle(app, endpoints.endSession, {}, async ({ actor, params, origin }) => {
    await sessions.end(actor, params.sessionId, origin);
  });
}
