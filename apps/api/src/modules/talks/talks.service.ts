import type { endpoints, QueryOf, Talk } from '@casetalk/contract';
import type { Origin, Person } from '../../actors.ts';
import { decodeCursor, encodeCursor, foreignCursor, isIdKey, isInstantKey } from '../../db/cursor.ts';
import type { Database } from '../../db/database.ts';
import { notFound } from '../../problem-error.ts';
import { patientTalkAudience } from '../cases/index.ts';
import type { EventHub } from '../events/index.ts';
import type { DataKeys } from '../../vault/data-keys.ts';
import { presentTalk } from './talks.presenter.ts';
import { type TalkRow, talksRepository } from './talks.repository.ts';

export interface TalksNeeds {
  readonly db: Database;
  readonly dataKeys: DataKeys;
  readonly events: EventHub;
}

export interface TalkPage {
  readonly data: Talk[];
  readonly nextCursor: string | null;
  readonly unreadTotal: number;
}

const show = (row: TalkRow, viewer: Person): Talk =>
  presentTalk(
    row,
    viewer,
    patientTalkAudience(
      { id: row.clinicianId, name: row.clinicianName, seesCase: row.clinicianSeesCase },
      { id: row.patientId, name: row.patientName },
      row.openedTo,
    ),
  );

function placeOf(cursor: string): { at: string | null; id: string } {
  const [at, id] = decodeCursor(cursor, 2);
  if (at === undefined || !(at === null || isInstantKey(at)) || !isIdKey(id)) throw foreignCursor();
  return { at, id };
}

export function createTalksService({ db, dataKeys }: TalksNeeds) {
  return {
    /** The viewer's own talks, the latest message first. */
    async list(
      viewer: Person,
      origin: Origin,
      query: QueryOf<typeof endpoints.listTalks>,
    ): Promise<TalkPage> {
      const { rows, unreadTotal } = await talksRepository.list(db, dataKeys, viewer, origin, {
        limit: query.limit + 1,
        caseId: query.caseId,
        search: query.search === '' ? undefined : query.search,
        unread: query.unread,
        after: query.cursor === undefined ? undefined : placeOf(query.cursor),
      });
      const page = rows.slice(0, query.limit);
      const last = rows.length > query.limit ? page.at(-1) : undefined;
      return {
        data: page.map((row) => show(row, viewer)),
        nextCursor: last ? encodeCursor([last.lastMessageAt, last.id]) : null,
        unreadTotal,
      };
    },

    /** @throws ProblemError `not-found` for a talk that is missing or not the viewer's */
    async get(viewer: Person, origin: Origin, talkId: string): Promise<Talk> {
      const row = await talksRepository.get(db, dataKeys, viewer, origin, talkId);
      if (!row) throw notFound();
      return show(row, viewer);
    },
  };
}

export type TalksService = ReturnType<typeof createTalksService>;
