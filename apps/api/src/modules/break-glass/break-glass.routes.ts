import { endpoints } from '@casetalk/contract';
import type { FastifyInstance } from 'fastify';
import type { OpenedReading } from './opened-reading.ts';
import { handle } from '../../plugins/contract-routes.ts';
import type { BreakGlassService } from './break-glass.service.ts';
import type { GrantListsService } from './grant-lists.service.ts';

export function breakGlassRoutes(
  app: FastifyInstance,
  breakGlass: BreakGlassService,
  lists: GrantListsService,
  { messagesByGrant, sendByGrant }: OpenedReading,
): void {
  handle(
    app,
    endpoints.startBreakGlass,
    { perMinute: 30 },
    async ({ actor, origin, idempotency, body, reply }) => {
      const grant = await breakGlass.start(actor, origin, idempotency, body);
      void reply.header('location', `/v1/break-glass-grants/${grant.id}`);
      return grant;
    },
  );

  handle(app, endpoints.listBreakGlassGrants, {}, ({ actor, query }) => lists.ofAdministrator(actor, query));

  handle(app, endpoints.getBreakGlassGrant, {}, ({ actor, params }) => breakGlass.get(actor, params.grantId));

  handle(app, endpoints.endBreakGlass, {}, ({ actor, origin, params }) =>
    breakGlass.end(actor, origin, params.grantId),
  );

  handle(app, endpoints.listBreakGlassMessages, {}, async ({ actor, origin, params, query }) => {
    const { holder, talkId } = await breakGlass.opened(actor, params.grantId);
    return messagesByGrant(holder, origin, talkId, query);
  });

  handle(
    app,
    endpoints.downloadBreakGlassAttachment,
    {},
    async ({ actor, origin, params, request, reply }) => {
      const { holder } = await breakGlass.opened(actor, params.grantId);
      const mayRead = () => breakGlass.isLive(actor, params.grantId);
      return sendByGrant(actor, holder, origin, params.attachmentId, 'original', mayRead, { request, reply });
    },
  );

  handle(
    app,
    endpoints.previewBreakGlassAttachment,
    {},
    async ({ actor, origin, params, request, reply }) => {
      const { holder } = await breakGlass.opened(actor, params.grantId);
      const mayRead = () => breakGlass.isLive(actor, params.grantId);
      return sendByGrant(actor, holder, origin, params.attachmentId, 'preview', mayRead, { request, reply });
    },
  );

  handle(app, endpoints.listTalkBreakGlassGrants, {}, ({ actor, origin, params, query }) =>
    lists.ofTalk(actor, origin, params.talkId, query),
  );
}
