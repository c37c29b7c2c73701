import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answerOf } from '../api/api-failure.ts';
import { api } from '../api/client.ts';
import { queryKeys } from './query-keys.ts';

export interface TalkFilters {
  readonly caseId?: string;
  readonly search?: string;
  readonly unread?: boolean;
}

/** The person's talks, the latest message first, page by page; every page tells `unreadTotal`. */
export const talksQuery = (filters: TalkFilters = {}) =>
  infiniteQueryOptions({
    queryKey: queryKeys.talkList({ ...filters }),
    queryFn: ({ pageParam, signal }) => {
      const { unread, ...rest } = filters;
      return answerOf(
        api.listTalks(
          {
            query: {
              ...rest,
              ...(unread === undefined ? {} : { unread: String(unread) }),
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
          { signal },
        ),
      );
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });

/** One talk. */
export const talkQuery = (talkId: string) =>
  queryOptions({
    queryKey: queryKeys.talkDetail(talkId),
    queryFn: ({ signal }) => answerOf(api.getTalk({ params: { talkId } }, { signal })),
  });
