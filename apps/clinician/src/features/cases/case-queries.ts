import type { Case } from '@casetalk/contract';
import { answerOf, api, queryKeys } from '@casetalk/portal';
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { type CaseFilters, queryOf } from './case-filters.ts';

/** The cases that fit the filters, page by page; each page tells how many there are in all. */
export const casesQuery = (filters: CaseFilters) =>
  infiniteQueryOptions({
    queryKey: queryKeys.caseList({ ...filters }),
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        api.listCases(
          { query: { ...queryOf(filters), ...(pageParam === null ? {} : { cursor: pageParam }) } },
          { signal },
        ),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    // The list stays where it is while the next letter is searched for.
    placeholderData: keepPreviousData,
  });

/** One case with what this clinician may do with it. */
export const caseQuery = (caseId: string) =>
  queryOptions({
    queryKey: queryKeys.caseDetail(caseId),
    queryFn: ({ signal }) => answerOf(api.getCase({ params: { caseId } }, { signal })),
  });

export type CreateCaseInput = NonNullable<Parameters<typeof api.createCase>[0]>['body'];
export type UpdateCaseInput = NonNullable<Parameters<typeof api.updateCase>[0]>['body'];

function useTakeIn() {
  const queries = useQueryClient();
  return (found: Case): void => {
    queries.setQueryData(caseQuery(found.id).queryKey, found);
    void queries.invalidateQueries({ queryKey: queryKeys.cases });
  };
}

export function useCreateCase() {
  const takeIn = useTakeIn();
  return useMutation({
    mutationFn: ({ body, key }: { body: CreateCaseInput; key: string }) =>
      answerOf(api.createCase({ body }, { idempotencyKey: key })),
    onSuccess: takeIn,
  });
}

/** Changes a case, based on the version that the form began with; a colleague's change in between refuses it. */
export function useUpdateCase(caseId: string) {
  const takeIn = useTakeIn();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ body, version }: { body: UpdateCaseInput; version: number }) =>
      answerOf(api.updateCase({ params: { caseId }, body }, { ifMatch: version })),
    onSuccess: takeIn,
    onError: () => queries.invalidateQueries({ queryKey: queryKeys.caseDetail(caseId) }),
  });
}
