import type { FastifyInstance } from 'fastify';
import { breakGlassRoutes } from './break-glass.routes.ts';
import { type BreakGlassNeeds, createBreakGlassService } from './break-glass.service.ts';
import type { OpenedReading } from './opened-reading.ts';
import { createGrantListsService } from './grant-lists.service.ts';

export { administratorsReading } from './break-glass.repository.ts';
export { isOpenedByGrant, openedBy, type OpenedTo, openedTo } from './live-grant.ts';

/** Emergency access: an administrator reads one talk, for a short time and in everybody's sight. */
export function breakGlassModule(needs: BreakGlassNeeds & OpenedReading) {
  const breakGlass = createBreakGlassService(needs);
  const lists = createGrantListsService(needs);
  return { routes: (app: FastifyInstance): void => breakGlassRoutes(app, breakGlass, lists, needs) };
}
