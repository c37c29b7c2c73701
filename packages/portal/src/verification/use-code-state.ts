import type { Result } from '@casetalk/client';
import type { Verification } from '@casetalk/contract';
import { useQuery } from '@tanstack/react-query';
import { answerOf } from '../api/api-failure.ts';
import { queryKeys } from '../queries/query-keys.ts';
import { lookAgainAfter } from './look-again.ts';

/** Asks for what a code belongs to, as it stands now. */
export type LookForCode = () => Promise<Result<{ readonly verification: Verification | null }>>;

/** How far a code's message has come: as it was told, and looked up until it is known where there is a way to look. */
export function useCodeState(verification: Verification, look?: LookForCode): Verification['state'] {
  const { id, sentAt, state: told } = verification;
  const { data } = useQuery({
    queryKey: queryKeys.codeState(id, sentAt),
    queryFn: async () => {
      const now = look && (await answerOf(look())).verification;
      return now?.id === id ? now.state : told;
    },
    initialData: told,
    staleTime: Number.POSITIVE_INFINITY,
    enabled: look !== undefined,
    refetchInterval: (query) => lookAgainAfter({ state: query.state.data ?? told }),
  });
  return look ? data : told;
}
