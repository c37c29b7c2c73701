import type { BreakGlassGrant } from '@casetalk/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answerOf } from '../api/api-failure.ts';
import { api } from '../api/client.ts';
import { queryKeys } from '../queries/query-keys.ts';

/** Who has seen one talk, or, for null, any talk of the signed-in patient: the latest first, page by page. */
export const accessEventsQuery = (talkId: string | null) =>
  infiniteQueryOptions({
    queryKey: queryKeys.accessEventList(talkId),
    queryFn: ({ pageParam, signal }) => {
      const query = pageParam === null ? {} : { cursor: pageParam };
      return answerOf(
        talkId === null
          ? api.listAccessEvents({ query }, { signal })
          : api.listTalkAccessEvents({ params: { talkId }, query }, { signal }),
      );
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    // Readings raise no live update, so that whoever looks again sees what happened in between.
    staleTime: 0,
  });

/** Emergency accesses to a talk, for its two people; the latest first. */
export const talkGrantsQuery = (talkId: string) =>
  queryOptions({
    queryKey: queryKeys.talkGrants(talkId),
    queryFn: ({ signal }): Promise<{ readonly data: readonly BreakGlassGrant[] }> =>
      answerOf(api.listTalkBreakGlassGrants({ params: { talkId } }, { signal })),
  });
