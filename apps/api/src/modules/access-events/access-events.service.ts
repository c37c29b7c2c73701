import type { AccessEvent, endpoints, QueryOf } from '@casetalk/contract';
import type { Origin, Person } from '../../actors.ts';
import { decodePlace, encodePlace, type Place } from '../../db/cursor.ts';
import type { Database } from '../../db/database.ts';
import { notFound } from '../../problem-error.ts';
import type { DataKeys } from '../../vault/data-keys.ts';
import { attachmentNamesFor } from '../attachments/index.ts';
import { presentAccess } from './access-events.presenter.ts';
import { accessEventsRepository, type NamedAccessRow } from './access-events.repository.ts';
import {
  type AccessEntries,
  type AccessEntry,
  endOfHour,
  fold,
  settledEntries,
} from './access-events.rules.ts';

export interface AccessEventsNeeds {
  readonly db: Database;
  readonly dataKeys: DataKeys;
}

type NamedEntry = AccessEntry & { readonly last: NamedAccessRow };

/** Rows that are read at a time. */
const batchSize = 500;
const theEnd: Place = { at: 'infinity', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };
const beginningOf = (at: string): Place => ({ at, id: '00000000-0000-0000-0000-000000000000' });

export function createAccessEventsService({ db, dataKeys }: AccessEventsNeeds) {
  /** Reads on until enough entries are whole: an hour of the clock may have many rows. */
  async function entries(
    viewer: Person,
    talkId: string | undefined,
    after: Place | undefined,
    count: number,
  ): Promise<NamedEntry[]> {
    const read: AccessEntries = new Map();
    let before = after ? beginningOf(endOfHour(after.at)) : theEnd;
    for (;;) {
      const batch = await accessEventsRepository.rowsBefore(db, viewer, talkId, before, batchSize);
      fold(read, batch);
      const end = batch.length < batchSize ? undefined : batch.at(-1);
      const settled = settledEntries(read, end, after) as NamedEntry[];
      if (!end || settled.length >= count) return settled.slice(0, count);
      before = end;
    }
  }

  /**
   * Who saw, downloaded, shared and stopped sharing what, the latest first.
   * @param talkId one of the viewer's talks; undefined for all of them
   * @throws ProblemError `not-found` for a talk that is missing or not the viewer's
   */
  return {
    async list(
      viewer: Person,
      origin: Origin,
      talkId: string | undefined,
      query: QueryOf<typeof endpoints.listAccessEvents>,
    ): Promise<{ data: AccessEvent[]; nextCursor: string | null }> {
      const after = query.cursor === undefined ? undefined : decodePlace(query.cursor);
      if (!(await accessEventsRepository.ask(db, viewer, origin, talkId))) throw notFound();
      const found = await entries(viewer, talkId, after, query.limit + 1);
      const page = found.slice(0, query.limit);
      const last = found.length > query.limit ? page.at(-1)?.last : undefined;
      const names = await attachmentNamesFor(
        db,
        dataKeys,
        viewer,
        page.flatMap((entry) => entry.last.attachmentId ?? []),
      );
      return {
        data: page.map((entry) => presentAccess(entry, viewer, names.get(entry.last.attachmentId ?? ''))),
        nextCursor: last ? encodePlace(last) : null,
      };
    },
  };
}

export type AccessEventsService = ReturnType<typeof createAccessEventsService>;
