import type { DraftPlace } from '@casetalk/contract';
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

const nowhere: readonly DraftPlace[] = [];

/** Where the person has something begun; nowhere while that is not known. */
export function useDraftPlaces(): readonly DraftPlace[] {
  const { data } = useQuery(draftsQuery());
  return data?.data ?? nowhere;
}

/** Tells whether the person has something begun in a talk. */
export function useHasDraft(): (talkId: string) => boolean {
  const places = useDraftPlaces();
  return (talkId) => places.some((place) => place.talkId === talkId);
}
