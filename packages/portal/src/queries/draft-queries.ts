import { queryOptions, useQuery } from '@tanstack/react-query';
import { answerOf } from '../api/api-failure.ts';
import { api } from '../api/client.ts';
import { queryKeys } from './query-keys.ts';

/** Where the person has begun to write, on whichever device. */
const draftsQuery = () =>
  queryOptions({
    queryKey: queryKeys.drafts,
    queryFn: ({ signal }) => answerOf(api.listDrafts({}, { signal })),
  });

/** Tells whether the person has something begun in a talk. */
export function useHasDraft(): (talkId: string) => boolean {
  const { data } = useQuery(draftsQuery());
  return (talkId) => data?.data.some((place) => place.talkId === talkId) ?? false;
}
