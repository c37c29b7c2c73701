import { endpoints } from '@casetalk/contract';
import type { FastifyInstance } from 'fastify';
import { handle } from '../../plugins/contract-routes.ts';
import { versionOf } from '../../plugins/if-match.ts';
import { notFound } from '../../problem-error.ts';
import { type DraftKeeping, type FindSpot, savesPerMinute } from '../drafts/index.ts';
import { talkSpot } from './talk-spot.repository.ts';

/** The draft of a talk, for whichever of its two people is signed in. */
export function talkDraftRoutes(app: FastifyInstance, drafts: DraftKeeping): void {
  const spotOf =
    (talkId: string): FindSpot =>
    async (tx, person) => {
      const caseId = await talkSpot(tx, person, talkId);
      if (caseId === undefined) throw notFound();
      return { ownerId: talkId, ownerKind: 'talk', caseId };
    };

  // Looked at by itself whenever another device writes: nobody is active because of it.
  handle(app, endpoints.getTalkDraft, { passive: true }, ({ actor, params }) =>
    drafts.get(actor, spotOf(params.talkId)),
  );

  handle(
    app,
    endpoints.saveTalkDraft,
    { perMinute: savesPerMinute },
    ({ actor, origin, params, body, request }) =>
      drafts.save(actor, origin, spotOf(params.talkId), body.text, {
        version: versionOf(request, 'the draft'),
        writer: body.writer,
      }),
  );

  handle(app, endpoints.discardTalkDraft, {}, ({ actor, origin, params }) =>
    drafts.discard(actor, origin, spotOf(params.talkId)),
  );
}
