import type { FastifyInstance } from 'fastify';
import type { DraftKeeping } from '../drafts/index.ts';
import { createMessagesService } from './messages.service.ts';
import { talkDraftRoutes } from './talk-drafts.ts';
import { talkRoutes } from './talks.routes.ts';
import { createTalksService, type TalksNeeds } from './talks.service.ts';

export { isVisibleInList } from './talk-sides.ts';

/** Patient talks: each private to one clinician and one patient. */
export function talksModule(needs: TalksNeeds & { readonly drafts: DraftKeeping }) {
  const talks = createTalksService(needs);
  const messages = createMessagesService(needs);
  return {
    routes(app: FastifyInstance): void {
      talkRoutes(app, talks, messages);
      talkDraftRoutes(app, needs.drafts);
    },
    /** A page of the messages of a talk that a grant opens. @throws ProblemError `not-found` unless the grant is live */
    messagesByGrant: messages.list,
  };
}
