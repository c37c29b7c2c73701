import type { CaseAttachment, FileKind } from '@casetalk/contract';
import { answerOf, api, queryKeys } from '@casetalk/portal';
import { infiniteQueryOptions, keepPreviousData, useMutation, useQueryClient } from '@tanstack/react-query';

export type AttachmentSort = 'added' | 'name' | 'addedBy';

export interface AttachmentFilters {
  readonly kind: FileKind | null;
  readonly sort: AttachmentSort;
  readonly direction: 'ascending' | 'descending';
}

/** The files that everyone on the case can see, page by page. */
export const caseAttachmentsQuery = (caseId: string, filters: AttachmentFilters) =>
  infiniteQueryOptions({
    queryKey: queryKeys.caseAttachments(caseId, { ...filters }),
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        api.listCaseAttachments(
          {
            params: { caseId },
            query: {
              ...(filters.kind ? { kind: filters.kind } : {}),
              sort: filters.sort,
              direction: filters.direction,
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
          { signal },
        ),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });

/** Stops sharing a patient's file, or takes back an upload. */
export function useRemoveCaseAttachment(caseId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (file: CaseAttachment) =>
      answerOf(api.removeCaseAttachment({ params: { caseAttachmentId: file.id } })),
    onSettled: (_data, _error, file) => {
      void queries.invalidateQueries({ queryKey: queryKeys.caseAttachments(caseId) });
      void queries.invalidateQueries({ queryKey: queryKeys.caseDetail(caseId) });
      // The talk that it came from offers "Share File" again.
      if (file.origin === 'patientTalk') void queries.invalidateQueries({ queryKey: ['talk'] });
    },
  });
}
