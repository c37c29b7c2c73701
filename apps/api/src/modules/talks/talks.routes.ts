import { endpoints } from '@casetalk/contract';
import type { FastifyInstance } from 'fastify';
import { handle } from '../../plugins/contract-routes.ts';
import type { MessagesService } from './messages.service.ts';
import type { TalksService } from './talks.service.ts';

export function talkRoutes(app: FastifyInstance, talks: TalksService, messages: MessagesService): void {
  handle(app, endpoints.listTalks, {}, ({ actor, origin, query }) => talks.list(actor, origin, query));

  handle(app, endpoints.getTalk, {}, ({ actor, origin, params }) => talks.get(actor, origin, params.talkId));

  handle(app, endpoints.listMessages, {}, ({ actor, origin, params, query }) =>
    messages.list(actor, origin, params.talkId, query),
  );

  handle(app, endpoints.sendMessage, {}, async ({ actor, origin, idempotency, params, body, reply }) => {
    const message = await messages.send(actor, origin, idempotency, params.talkId, body);
    void reply.header('location', `/v1/talks/${params.talkId}/messages`);
    return message;
  });

  handle(app, endpoints.markTalkRead, {}, ({ actor, origin, params, body }) =>
    messages.markRead(actor, origin, params.talkId, body),
  );
}
