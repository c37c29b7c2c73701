import type { Portal } from '@casetalk/contract';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { describeFailure } from '../../describe-failure.ts';
import { knownDeviceSeconds } from './sessions.rules.ts';
import { sessionRoutes } from './sessions.routes.ts';
import { createSessionService, type SessionNeeds } from './sessions.service.ts';

export { knownDeviceSeconds } from './sessions.rules.ts';
export type { Proof } from './session-proofs.ts';
export type { BegunSession } from './sessions.service.ts';

/** Signing in and out, and the sessions of an account. */
export function sessionsModule(needs: SessionNeeds, log: Pick<FastifyBaseLogger, 'error'>) {
  const sessions = createSessionService(needs, (error) =>
    log.error({ failure: describeFailure(error) }, 'activity of sessions could not be written down'),
  );
  return {
    resolve: sessions.resolve,
    aliveAmong: sessions.aliveAmong,
    endAll: sessions.endAll,
    startOver: sessions.startOver,
    startAnew: sessions.startAnew,
    begin: sessions.begin,
    welcome: sessions.welcome,
    claimPasswordTry: sessions.claimPasswordTry,
    claimFactorTry: sessions.claimFactorTry,
    freshness: sessions.freshness,
    requireFresh: sessions.requireFresh,
    /** The value of a device cookie: a browser in which a phone was proved is known from then on. */
    rememberDevice: (portal: Portal, personId: string): Promise<string> =>
      needs.knownDevices.remember(portal, personId, knownDeviceSeconds),
    confirm: sessions.confirm,
    routes: (app: FastifyInstance): void => sessionRoutes(app, sessions),
  };
}
