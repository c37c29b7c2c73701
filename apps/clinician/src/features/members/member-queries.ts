import type { Clinician } from '@casetalk/contract';
import { answerOf, api, queryKeys } from '@casetalk/portal';
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

/** Who works on a case. */
export const membersQuery = (caseId: string) =>
  queryOptions({
    queryKey: queryKeys.caseMembers(caseId),
    queryFn: ({ signal }) => answerOf(api.listCaseMembers({ params: { caseId } }, { signal })),
  });

export interface ClinicianFilters {
  readonly search: string;
  readonly practice: 'own' | 'other';
}

/** Doctors and staff by name, in the own practice or in others. */
export const cliniciansQuery = ({ search, practice }: ClinicianFilters) =>
  queryOptions({
    queryKey: queryKeys.clinicians({ search, practice }),
    queryFn: ({ signal }) =>
      answerOf(
        api.listClinicians(
          { query: { practice, limit: 20, ...(search === '' ? {} : { search }) } },
          { signal },
        ),
      ),
    placeholderData: keepPreviousData,
  });

function useLookAgain(caseId: string) {
  const queries = useQueryClient();
  return async (): Promise<void> => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: queryKeys.caseMembers(caseId) }),
      queries.invalidateQueries({ queryKey: queryKeys.caseDetail(caseId) }),
      queries.invalidateQueries({ queryKey: queryKeys.cases }),
    ]);
  };
}

export function useAddMember(caseId: string) {
  const lookAgain = useLookAgain(caseId);
  return useMutation({
    mutationFn: (clinician: Clinician) =>
      answerOf(api.addCaseMember({ params: { caseId, clinicianId: clinician.id } })),
    onSuccess: lookAgain,
  });
}

export function useRemoveMember(caseId: string) {
  const queries = useQueryClient();
  const lookAgain = useLookAgain(caseId);
  return useMutation({
    mutationFn: ({ clinicianId }: { clinicianId: string; leaving: boolean }) =>
      answerOf(api.removeCaseMember({ params: { caseId, clinicianId } })),
    // Who left sees nothing of the case any more, so nothing of it is asked again.
    onSuccess: (_, { leaving }) =>
      leaving ? queries.invalidateQueries({ queryKey: queryKeys.cases }) : lookAgain(),
  });
}
