import { endpoints } from '@casetalk/contract';
import type { FastifyInstance } from 'fastify';
import { handle } from '../../plugins/contract-routes.ts';
import { versionOf } from '../../plugins/if-match.ts';
import { caseAccess } from '../cases/index.ts';
import { type DraftKeeping, type FindSpot, savesPerMinute } from '../drafts/index.ts';

/** What a clinician has begun to write in the doctor talk of a case. */
export function doctorTalkDraftRoutes(app: FastifyInstance, drafts: DraftKeeping): void {
  const spotOf =
    (caseId: string): FindSpot =>
    async (tx, person) => {
      await caseAccess.require(tx, person, caseId);
      return { ownerId: caseId, ownerKind: 'case', caseId };
    };

  // Looked at by itself whenever another device writes: nobody is active because of it.
  handle(app, endpoints.getDoctorTalkDraft, { passive: true }, ({ actor, params }) =>
    drafts.get(actor, spotOf(params.caseId)),
  );

  handle(
    app,
    endpoints.saveDoctorTalkDraft,
    { perMinute: savesPerMinute },
    ({ actor, origin, params, body, request }) =>
      drafts.save(actor, origin, spotOf(params.caseId), body.text, {
        version: versionOf(request, 'the draft'),
        writer: body.writer,
      }),
  );

  handle(app, endpoints.discardDoctorTalkDraft, {}, ({ actor, origin, params }) =>
    drafts.discard(actor, origin, spotOf(params.caseId)),
  );
}
