import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { problemOf } from '../api/api-failure.ts';
import { queryKeys } from './query-keys.ts';
import { asksAgain, pauseBefore } from './retries.ts';

/**
 * The cache of a portal. Live updates make things stale, so nothing is asked again merely because time passed or the
 * window came back; when the API says that nobody is signed in, the session is looked at again.
 */
export function createPortalQueryClient(): QueryClient {
  const lookAgain = (error: Error): void => {
    if (problemOf(error).code !== 'unauthenticated') return;
    void client.invalidateQueries({ queryKey: queryKeys.session });
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: lookAgain }),
    mutationCache: new MutationCache({ onError: lookAgain }),
    defaultOptions: {
      queries: {
        retry: asksAgain,
        retryDelay: (failures, error) => pauseBefore(failures, error),
        staleTime: 30_000,
        networkMode: 'always',
        refetchOnReconnect: true,
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
  return client;
}
