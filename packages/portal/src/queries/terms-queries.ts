import type { Language } from '@casetalk/contract';
import { queryOptions } from '@tanstack/react-query';
import { answerOf } from '../api/api-failure.ts';
import { api } from '../api/client.ts';
import { queryKeys } from './query-keys.ts';

/** The present terms of use in a language. */
export const termsQuery = (language: Language) =>
  queryOptions({
    queryKey: queryKeys.terms(language),
    queryFn: ({ signal }) => answerOf(api.getTerms({ query: { language } }, { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
