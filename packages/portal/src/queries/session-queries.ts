import type { Session } from '@casetalk/contract';
import { queryOptions } from '@tanstack/react-query';
import { ApiFailure, answerOf } from '../api/api-failure.ts';
import { api } from '../api/client.ts';
import { queryKeys } from './query-keys.ts';

/** The present session, or null when nobody is signed in. Asking does not count as activity. */
export const sessionQuery = () =>
  queryOptions({
    queryKey: queryKeys.session,
    queryFn: async ({ signal }): Promise<Session | null> => {
      const result = await api.getSession({}, { signal });
      if (result.ok) return result.data;
      if (result.problem.code === 'unauthenticated') return null;
      throw new ApiFailure(result.problem);
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });

/** Where the person is signed in. */
export const sessionsQuery = () =>
  queryOptions({
    queryKey: queryKeys.sessions,
    queryFn: ({ signal }) => answerOf(api.listSessions({}, { signal })),
  });
