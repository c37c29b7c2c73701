import type { FastifyInstance } from 'fastify';
import { unsubscriptionRoutes } from './unsubscriptions.routes.ts';
import { createUnsubscriptionService, type UnsubscriptionNeeds } from './unsubscriptions.service.ts';

/** Notices and reminders that their readers stop from the foot of a mail, or by their mail program's own button. */
export function unsubscriptionsModule(needs: UnsubscriptionNeeds) {
  const unsubscriptions = createUnsubscriptionService(needs);
  return { routes: (app: FastifyInstance): void => unsubscriptionRoutes(app, unsubscriptions) };
}
