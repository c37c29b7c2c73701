import type { BreakGlassGrant, endpoints, QueryOf } from '@casetalk/contract';
import type { ClinicianActor, Origin, Person } from '../../actors.ts';
import { decodePlace, encodePlace } from '../../db/cursor.ts';
import type { Database } from '../../db/database.ts';
import { notFound } from '../../problem-error.ts';
import { recordAudit } from '../audit/index.ts';
import { mayBreakGlass } from './break-glass.policy.ts';
import { presentGrant } from './break-glass.presenter.ts';
import { breakGlassRepository, type GrantRow } from './break-glass.repository.ts';

type Query = QueryOf<typeof endpoints.listBreakGlassGrants>;

interface GrantPage {
  readonly data: BreakGlassGrant[];
  readonly nextCursor: string | null;
}

const placeOf = ({ cursor }: Query) => (cursor === undefined ? undefined : decodePlace(cursor));

function pageOf(
  rows: readonly GrantRow[],
  limit: number,
  show: (row: GrantRow) => BreakGlassGrant,
): GrantPage {
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    data: page.map((row) => show(row)),
    nextCursor: last ? encodePlace({ at: last.startedAt, id: last.id }) : null,
  };
}

/** Lists of grants: an administrator's, and those that concern a talk, for its two people. */
export function createGrantListsService({ db }: { readonly db: Database }) {
  return {
    /** @throws ProblemError `not-found` for everyone but administrators */
    async ofAdministrator(actor: ClinicianActor, query: Query): Promise<GrantPage> {
      if (!mayBreakGlass(actor)) throw notFound();
      const after = placeOf(query);
      const rows = await db.as({ kind: 'breakGlass', id: actor.id }, (tx) =>
        breakGlassRepository.list(tx, actor, after, query.limit + 1),
      );
      return pageOf(rows, query.limit, (row) =>
        presentGrant(row, actor, row.live && row.administratorId === actor.id),
      );
    },

    /** @throws ProblemError `not-found` for a talk that is missing or not the viewer's */
    async ofTalk(viewer: Person, origin: Origin, talkId: string, query: Query): Promise<GrantPage> {
      const after = placeOf(query);
      const rows = await db.as(viewer, async (tx) => {
        const found = await breakGlassRepository.ofTalk(tx, viewer, talkId, after, query.limit + 1);
        if (!found) throw notFound();
        await recordAudit(tx, viewer, origin, {
          action: 'breakGlass.listed',
          resourceType: 'talk',
          resourceId: talkId,
          caseId: found.caseId,
          talkId,
        });
        return found.rows;
      });
      return pageOf(rows, query.limit, (row) => presentGrant(row, viewer, true));
    },
  };
}

export type GrantListsService = ReturnType<typeof createGrantListsService>;
