import { endpoints } from '@casetalk/contract';
import type { FastifyInstance } from 'fastify';
import { handle } from '../../plugins/contract-routes.ts';
import { createNoticeChoicesService, type NoticeChoicesNeeds } from './notice-choices.service.ts';

export { noticeChoicesRepository } from './notice-choices.repository.ts';

/** How and when each person is told of unread messages. */
export function noticeChoicesModule(needs: NoticeChoicesNeeds) {
  const choices = createNoticeChoicesService(needs);
  return {
    routes(app: FastifyInstance): void {
      handle(app, endpoints.getNoticeChoices, {}, ({ actor }) => choices.get(actor));
      handle(app, endpoints.changeNoticeChoices, { perMinute: 30 }, ({ actor, origin, body }) =>
        choices.change(actor, origin, body),
      );
    },
  };
}
