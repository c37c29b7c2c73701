import type { ResumableUpload } from '@casetalk/contract';
import { useAnnouncer } from '@casetalk/ui';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { answerOf } from '../api/api-failure.ts';
import { useWords } from '../language/use-words.ts';
import type { UnfinishedPlace } from './unfinished-place.ts';
import { uploadsAtWork, whenLetGo } from './upload-hold.ts';

/** An upload that stopped, or that another tab is at work on. */
export interface Unfinished {
  readonly upload: ResumableUpload;
  readonly isElsewhere: boolean;
}

/**
 * The person's unfinished uploads to a place, save those that this page is at work on. Says once that there are some.
 * @param isTaken says of an upload's id whether this page is at work on it
 */
export function useUnfinished(
  place: UnfinishedPlace,
  isTaken: (id: string) => boolean,
): readonly Unfinished[] {
  const words = useWords();
  const announce = useAnnouncer();
  const { data, refetch } = useQuery({
    queryKey: place.key,
    queryFn: async ({ signal }) => {
      const uploads = (await answerOf(place.list(signal))).data;
      return { uploads, atWork: uploads.length > 0 ? await uploadsAtWork() : new Set<string>() };
    },
    structuralSharing: false,
    staleTime: 0,
    gcTime: 0,
  });
  const found = (data?.uploads ?? [])
    .filter(({ id }) => !isTaken(id))
    .map((upload) => ({ upload, isElsewhere: data?.atWork.has(upload.id) ?? false }));

  const elsewhere = found.flatMap(({ upload, isElsewhere }) => (isElsewhere ? [upload.id] : [])).join(' ');
  useEffect(() => {
    if (elsewhere === '') return undefined;
    const leave = new AbortController();
    for (const id of elsewhere.split(' ')) whenLetGo(id, leave.signal, () => void refetch());
    return () => leave.abort();
  }, [elsewhere, refetch]);

  const told = useRef(false);
  const count = found.filter(({ isElsewhere }) => !isElsewhere).length;
  useEffect(() => {
    if (count === 0 || told.current) return;
    told.current = true;
    announce(words('files.unfinished.found', { count }));
  }, [announce, count, words]);

  return found;
}
