import { answerOf, api, queryKeys } from '@casetalk/portal';
import { useQuery } from '@tanstack/react-query';
import { unreadOf } from './unread.ts';

/** Unread messages in all the clinician's cases, both kinds of talk together; 0 until it is known. */
export function useUnreadTotal(): number {
  const { data } = useQuery({
    queryKey: queryKeys.caseList({ only: 'unread' }),
    queryFn: ({ signal }) => answerOf(api.listCases({ query: { unread: 'true', limit: 100 } }, { signal })),
    select: (page) => page.data.reduce((sum, found) => sum + unreadOf(found), 0),
  });
  return data ?? 0;
}
