import type { Invitation } from '@casetalk/contract';
import { answerOf, api, queryKeys } from '@casetalk/portal';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

/** The clinician's own invitations on a case, newest first. */
export const invitationsQuery = (caseId: string) =>
  queryOptions({
    queryKey: queryKeys.caseInvitations(caseId),
    queryFn: ({ signal }) => answerOf(api.listMyInvitations({ params: { caseId } }, { signal })),
  });

/** What one may send to invite; phones are null when none is known. */
export type InviteInput = NonNullable<Parameters<typeof api.createInvitation>[0]>['body'];
export type CorrectInput = NonNullable<Parameters<typeof api.correctInvitation>[0]>['body'];

/** Puts an answer where the screens read it, and asks again for what else it changes. */
function useTakeIn(caseId: string) {
  const queries = useQueryClient();
  return (invitation: Invitation): void => {
    queries.setQueryData(invitationsQuery(caseId).queryKey, (page) => ({
      nextCursor: page?.nextCursor ?? null,
      data: [invitation, ...(page?.data ?? []).filter((other) => other.id !== invitation.id)].toSorted(
        (a, b) => b.createdAt.localeCompare(a.createdAt),
      ),
    }));
    void queries.invalidateQueries({ queryKey: queryKeys.caseDetail(caseId) });
    void queries.invalidateQueries({ queryKey: queryKeys.cases });
    void queries.invalidateQueries({ queryKey: queryKeys.talks });
    void queries.invalidateQueries({ queryKey: queryKeys.talk(invitation.talkId) });
  };
}

export function useInvite(caseId: string) {
  const takeIn = useTakeIn(caseId);
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ body, key }: { body: InviteInput; key: string }) =>
      answerOf(api.createInvitation({ params: { caseId }, body }, { idempotencyKey: key })),
    onSuccess: takeIn,
    onError: () => queries.invalidateQueries({ queryKey: queryKeys.caseInvitations(caseId) }),
  });
}

export function useResend(caseId: string) {
  const takeIn = useTakeIn(caseId);
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (invitationId: string) => answerOf(api.resendInvitation({ params: { invitationId } })),
    onSuccess: takeIn,
    onError: () => queries.invalidateQueries({ queryKey: queryKeys.caseInvitations(caseId) }),
  });
}

export function useCorrect(caseId: string) {
  const takeIn = useTakeIn(caseId);
  return useMutation({
    mutationFn: ({ invitationId, body }: { invitationId: string; body: CorrectInput }) =>
      answerOf(api.correctInvitation({ params: { invitationId }, body })),
    onSuccess: takeIn,
  });
}

export function useRevoke(caseId: string) {
  const takeIn = useTakeIn(caseId);
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (invitationId: string) => answerOf(api.revokeInvitation({ params: { invitationId } })),
    onSuccess: takeIn,
    onError: () => queries.invalidateQueries({ queryKey: queryKeys.caseInvitations(caseId) }),
  });
}
