import type { PasswordReset } from '@casetalk/contract';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiFailure } from '../api/api-failure.ts';
import { api } from '../api/client.ts';
import { looksLikeLinkToken } from '../forms/looks-like.ts';
import { takeLinkToken } from '../page/link-token.ts';
import { queryKeys } from '../queries/query-keys.ts';
import { lookAgainAfter } from '../verification/look-again.ts';

const notThere = new Set(['unauthenticated', 'not-found']);

/** Where the reset of this browser stands, or null when none is under way. */
const passwordResetQuery = () =>
  queryOptions({
    queryKey: queryKeys.passwordReset,
    queryFn: async ({ signal }): Promise<PasswordReset | null> => {
      const result = await api.getPasswordReset({}, { signal });
      if (result.ok) return result.data;
      if (notThere.has(result.problem.code)) return null;
      throw new ApiFailure(result.problem);
    },
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) => state.data?.step === 'code' && lookAgainAfter(state.data.verification),
  });

export interface PasswordResetFlow {
  readonly state: 'loading' | 'failed' | 'unusable' | 'ready';
  readonly error: unknown;
  readonly reset: PasswordReset | null;
  readonly put: (reset: PasswordReset) => void;
  readonly retry: () => void;
}

/** Takes up the reset that the emailed link opens, or, after a reload, the one that this browser is in. */
export function usePasswordReset(): PasswordResetFlow {
  const client = useQueryClient();
  const [token] = useState(takeLinkToken);
  const [error, setError] = useState<unknown>(null);
  const [started, setStarted] = useState(token === null);
  const asked = useRef(false);
  const put = useCallback(
    (reset: PasswordReset | null) => client.setQueryData(queryKeys.passwordReset, reset),
    [client],
  );
  const query = useQuery({ ...passwordResetQuery(), enabled: started && error === null });

  const start = useCallback(async () => {
    if (token === null) return;
    setError(null);
    const result = looksLikeLinkToken(token)
      ? await api.startPasswordReset({ body: { token } })
      : { ok: true as const, data: null };
    if (result.ok) put(result.data);
    else if (result.problem.code === 'link-unusable' || result.problem.code === 'invalid-request') put(null);
    else setError(new ApiFailure(result.problem));
    setStarted(true);
  }, [put, token]);

  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    void start();
  }, [start]);

  const failure = error ?? query.error;
  const state = failure
    ? 'failed'
    : !started || query.data === undefined
      ? 'loading'
      : query.data === null
        ? 'unusable'
        : 'ready';
  return {
    state,
    error: failure,
    reset: query.data ?? null,
    put,
    retry: () => void (token === null ? query.refetch() : start()),
  };
}
