import type { Tx, Viewer } from '../../db/database.ts';
import { notFound } from '../../problem-error.ts';
import { type CaseFacts, caseAccessRepository } from './case-access.repository.ts';

/** The one door through which other modules ask about cases. */
export const caseAccess = {
  /**
   * What policies need to know of a case, for a clinician who sees it: as member, or as case manager of a practice that
   * has a doctor on it.
   * @throws ProblemError `not-found` when there is no such case for this viewer
   */
  async require(tx: Tx, viewer: Viewer, caseId: string): Promise<CaseFacts> {
    const facts = await caseAccessRepository.facts(tx, viewer, caseId);
    if (!facts) throw notFound();
    return facts;
  },

  /** The same for a clinician who may not be on the case any more: undefined then. */
  find: (tx: Tx, viewer: Viewer, caseId: string): Promise<CaseFacts | undefined> =>
    caseAccessRepository.facts(tx, viewer, caseId),
};

/** The ids of everyone who sees the case, for notices after the commit. */
export async function peopleOnCase(tx: Tx, caseId: string): Promise<string[]> {
  return (await caseAccessRepository.people(tx, caseId)).map(({ id }) => id);
}
