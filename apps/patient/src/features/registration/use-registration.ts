import { ApiFailure, api, lookAgainAfter, queryKeys, switchLanguage } from '@casetalk/portal';
import type { Registration } from '@casetalk/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';

const notThere = new Set(['unauthenticated', 'not-found']);

/** Where this browser's registration stands, null when none is under way. The API's answer decides the step. */
export function useRegistration() {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: queryKeys.registration,
    queryFn: async ({ signal }): Promise<Registration | null> => {
      const result = await api.getRegistration({}, { signal });
      if (result.ok) return result.data;
      if (notThere.has(result.problem.code)) return null;
      throw new ApiFailure(result.problem);
    },
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) => state.data?.step === 'code' && lookAgainAfter(state.data.verification),
  });

  const language = query.data?.language;
  useEffect(() => {
    if (language) void switchLanguage(language, 'offered');
  }, [language]);

  const put = useCallback(
    (registration: Registration) => client.setQueryData(queryKeys.registration, registration),
    [client],
  );
  const look = useCallback(
    () => void client.invalidateQueries({ queryKey: queryKeys.registration }),
    [client],
  );
  return { registration: query.data, error: query.data === undefined ? query.error : null, put, look };
}
