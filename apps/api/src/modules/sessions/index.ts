import type { FastifyInstance } from 'fastify';
import { sessionRoutes } from './sessions.routes.ts';
import { createSessionService, type SessionNeeds } from './sessions.service.ts';

/** Signing in and out, and the sessions of an account. */
export function sessionsModule(needs: SessionNeeds) {
  const sessions = createSessionService(needs);
  return {
    resolve: sessions.resolve,
    aliveAmong: sessions.aliveAmong,
    endAll: sessions.endAll,
    startOver: sessions.startOver,
    claimPasswordTry: sessions.claimPasswordTry,
    routes: (app: FastifyInstance): void => sessionRoutes(app, sessions),
  };
}
