import type { BreakGlassGrant } from '@casetalk/contract';
import { answerOf, api, queryKeys } from '@casetalk/portal';
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';

/** The administrator's emergency accesses, and colleagues' that are live; the latest first, page by page. */
export const grantsQuery = () =>
  infiniteQueryOptions({
    queryKey: queryKeys.breakGlassList,
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        api.listBreakGlassGrants({ query: pageParam === null ? {} : { cursor: pageParam } }, { signal }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });

/** One emergency access. */
export const grantQuery = (grantId: string) =>
  queryOptions({
    queryKey: queryKeys.breakGlassGrant(grantId),
    queryFn: ({ signal }) => answerOf(api.getBreakGlassGrant({ params: { grantId } }, { signal })),
  });

/** Doctors and staff of the own practice by name: whose talk may be opened. */
export const colleaguesQuery = (search: string) =>
  queryOptions({
    queryKey: queryKeys.clinicians({ search, practice: 'own' }),
    queryFn: ({ signal }) =>
      answerOf(
        api.listClinicians(
          { query: { practice: 'own', limit: 20, ...(search === '' ? {} : { search }) } },
          { signal },
        ),
      ),
    placeholderData: keepPreviousData,
  });

export type StartInput = Parameters<typeof api.startBreakGlass>[0]['body'];

/** Takes an access that was just opened into the cache, so that its screen stands at once. */
export function useTakeInGrant(): (grant: BreakGlassGrant) => void {
  const queries = useQueryClient();
  return (grant) => {
    queries.setQueryData(grantQuery(grant.id).queryKey, grant);
    void queries.invalidateQueries({ queryKey: queryKeys.breakGlassList });
  };
}

/** Ends an access before it expires. One that had ended by then counts as ended too. */
export function useEndGrant(grantId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const result = await api.endBreakGlass({ params: { grantId } });
      if (!result.ok && result.problem.code !== 'state-conflict') await answerOf(Promise.resolve(result));
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: queryKeys.breakGlass }),
  });
}
