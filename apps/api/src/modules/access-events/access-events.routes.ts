import { endpoints } from '@casetalk/contract';
import type { FastifyInstance } from 'fastify';
import { handle } from '../../plugins/contract-routes.ts';
import type { AccessEventsService } from './access-events.service.ts';

export function accessEventRoutes(app: FastifyInstance, accessEvents: AccessEventsService): void {
  handle(app, endpoints.listTalkAccessEvents, {}, ({ actor, origin, params, query }) =>
    accessEvents.list(actor, origin, params.talkId, query),
  );

  handle(app, endpoints.listAccessEvents, {}, ({ actor, origin, query }) =>
    accessEvents.list(actor, origin, undefined, query),
  );
}
