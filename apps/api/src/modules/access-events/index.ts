import type { FastifyInstance } from 'fastify';
import { accessEventRoutes } from './access-events.routes.ts';
import { type AccessEventsNeeds, createAccessEventsService } from './access-events.service.ts';

/** Who has seen a talk: told to its two people, out of the audit. */
export function accessEventsModule(needs: AccessEventsNeeds) {
  const accessEvents = createAccessEventsService(needs);
  return { routes: (app: FastifyInstance): void => accessEventRoutes(app, accessEvents) };
}
