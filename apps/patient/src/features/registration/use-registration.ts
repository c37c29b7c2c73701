import { ApiFailure, api, queryKeys, switchLanguage } from '@casetalk/portal';
import type { Registration } from '@casetalk/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';

/** While a code travels, its delivery is looked at this often, in milliseconds. */
const lookEveryMs = 4_000;

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
    refetchInterval: ({ state }) => {
      const travelling = state.data?.step === 'code' && state.data.verification;
      return travelling && (travelling.state === 'sending' || travelling.state === 'sent')
        ? lookEveryMs
        : false;
    },
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
