import type { Session, SignInProgress } from '@casetalk/contract';
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

const waitingKey = 'casetalk-sign-in-waits';

/** This tab waits for a second factor: a reload asks where the sign-in stands. */
export function rememberSignIn(waits: boolean): void {
  if (waits) sessionStorage.setItem(waitingKey, 'yes');
  else sessionStorage.removeItem(waitingKey);
}

/** The sign-in that waits for its second factor, or null; a tab that began none asks nothing. */
export const signInQuery = () =>
  queryOptions({
    queryKey: queryKeys.signIn,
    queryFn: async ({ signal }): Promise<SignInProgress | null> => {
      if (sessionStorage.getItem(waitingKey) === null) return null;
      const result = await api.getSignIn({}, { signal });
      if (result.ok) return result.data;
      rememberSignIn(false);
      return null;
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });

/** The second factors of the signed-in person. */
export const secondFactorsQuery = () =>
  queryOptions({
    queryKey: queryKeys.secondFactors,
    queryFn: ({ signal }) => answerOf(api.listSecondFactors({}, { signal })),
  });

/** Where the person is signed in. */
export const sessionsQuery = () =>
  queryOptions({
    queryKey: queryKeys.sessions,
    queryFn: ({ signal }) => answerOf(api.listSessions({}, { signal })),
  });
