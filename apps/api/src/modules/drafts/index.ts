import { endpoints } from '@casetalk/contract';
import type { FastifyInstance } from 'fastify';
import { actAs, type Tx, type Viewer } from '../../db/database.ts';
import { handle } from '../../plugins/contract-routes.ts';
import { createDraftKeeping, type DraftNeeds } from './draft-keeping.ts';
import { presentPlace } from './drafts.presenter.ts';
import { draftsRepository } from './drafts.repository.ts';

export type { DraftKeeping, FindSpot } from './draft-keeping.ts';
export { clearSentDraft } from './drafts.repository.ts';

/** As often as a composer saves, with room for several devices. */
export const savesPerMinute = 120;

/** Takes the words of the draft that a message was written from away, in the transaction that writes the message. */
export const clearDraft = draftsRepository.clear;

/**
 * Forgets what somebody has begun on a case that she sees no more. Leaves the transaction to the actor as it was.
 * @param actor who ended her access
 */
export async function forgetDrafts(tx: Tx, actor: Viewer, person: Viewer, caseId: string): Promise<void> {
  await actAs(tx, person);
  await draftsRepository.forget(tx, person, caseId);
  await actAs(tx, actor);
}

/** What people have begun to write: each sees her own and nobody else does. */
export function draftsModule(needs: DraftNeeds) {
  return {
    keeping: createDraftKeeping(needs),
    routes(app: FastifyInstance): void {
      handle(app, endpoints.listDrafts, { passive: true }, async ({ actor }) => ({
        data: (await needs.db.as(actor, (tx) => draftsRepository.places(tx, actor))).map(presentPlace),
      }));
    },
  };
}
