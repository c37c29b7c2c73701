import type { QueryClient } from '@tanstack/react-query';

/**
 * Asks everything on screen again, as nothing was heard of what changed until now. What is being asked for the first
 * time is left to come, so that the screen fills as early as it can, and is asked once more after it came: it may
 * have been read just before the change.
 */
export async function askEverythingAgain(client: QueryClient): Promise<void> {
  const unanswered = client
    .getQueryCache()
    .findAll({ fetchStatus: 'fetching', predicate: (query) => query.state.data === undefined });
  await client.invalidateQueries();
  await Promise.all(unanswered.map(({ queryKey }) => client.invalidateQueries({ queryKey, exact: true })));
}
