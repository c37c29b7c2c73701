import type { CaseSummary, endpoints, QueryOf } from '@casetalk/contract';
import type { ClinicianActor, Origin } from '../../actors.ts';
import { decodeCursor, encodeCursor, foreignCursor, isIdKey, isInstantKey } from '../../db/cursor.ts';
import { recordAudit } from '../audit/index.ts';
import { listCaseIds } from './case-list.repository.ts';
import { mayWorkOnCases } from './cases.policy.ts';
import { presentCaseSummary } from './cases.presenter.ts';
import { casesRepository } from './cases.repository.ts';
import type { CasesNeeds } from './cases.service.ts';

export interface CasePage {
  readonly data: CaseSummary[];
  readonly nextCursor: string | null;
  readonly total: number;
}

/** A cursor of one order is no place in another, nor is a made-up one. */
function placeIn(order: string, cursor: string): { key: string; id: string } {
  const [givenOrder, key, id] = decodeCursor(cursor, 3);
  const readable = order.startsWith('updated') ? isInstantKey(key) : typeof key === 'string';
  if (givenOrder !== order || !readable || !isIdKey(id)) throw foreignCursor();
  return { key: key ?? '', id };
}

/** The cases that a clinician works on, page by page. */
export async function listCases(
  { db }: Pick<CasesNeeds, 'db'>,
  actor: ClinicianActor,
  origin: Origin,
  query: QueryOf<typeof endpoints.listCases>,
): Promise<CasePage> {
  if (!mayWorkOnCases(actor)) return { data: [], nextCursor: null, total: 0 };
  const direction = query.direction ?? (query.sort === 'updated' ? 'descending' : 'ascending');
  const order = `${query.sort} ${direction}`;
  return db.as(actor, async (tx) => {
    const { rows, total } = await listCaseIds(tx, actor, {
      limit: query.limit,
      manages: actor.role === 'caseManager',
      search: query.search,
      status: query.status,
      talk: query.talk,
      unread: query.unread,
      sort: query.sort,
      direction,
      after: query.cursor === undefined ? undefined : placeIn(order, query.cursor),
    });
    const page = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? page.at(-1) : undefined;
    const cases = await casesRepository.rows(
      tx,
      actor,
      page.map(({ id }) => id),
    );
    await recordAudit(tx, actor, origin, { action: 'case.listed', resourceType: 'case' });
    return {
      data: cases.map(presentCaseSummary),
      nextCursor: last ? encodeCursor([order, last.key, last.id]) : null,
      total,
    };
  });
}
