import type { Audience } from '@casetalk/contract';
import { formatTime } from '@casetalk/ui';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useLanguage, useWords } from '../language/use-words.ts';
import { queryKeys } from '../queries/query-keys.ts';

type Reader = Audience['people'][number];

/** Timers go wrong above this many milliseconds; an emergency access is far shorter. */
const longestWaitMs = 3_600_000;
/** Timers may ring a little early. */
const slackMs = 100;

/** Whoever can read something at a moment, in milliseconds: an emergency access that is over is left out. */
export const readersAt = (people: readonly Reader[], now: number): readonly Reader[] =>
  people.filter(({ until }) => until === undefined || Date.parse(until) > now);

/** When the next emergency access among the readers ends by itself, in milliseconds; undefined without one. */
const nextEnd = (people: readonly Reader[]): number | undefined => {
  const ends = people.flatMap(({ until }) => (until === undefined ? [] : [Date.parse(until)]));
  return ends.length === 0 ? undefined : Math.min(...ends);
};

/** The people of an audience as they are now: who loses an emergency access leaves the list in that very moment. */
export function useLiveReaders({ people }: Audience): readonly Reader[] {
  const client = useQueryClient();
  const [now, setNow] = useState(() => Date.now());
  const readers = readersAt(people, now);
  const end = nextEnd(readers);
  useEffect(() => {
    if (end === undefined) return undefined;
    const wait = Math.min(Math.max(0, end - Date.now()) + slackMs, longestWaitMs);
    const timer = setTimeout(() => {
      setNow(Date.now());
      for (const queryKey of [queryKeys.breakGlass, queryKeys.talks, queryKeys.accessEvents]) {
        void client.invalidateQueries({ queryKey });
      }
    }, wait);
    return () => clearTimeout(timer);
  }, [client, end]);
  return readers;
}

export interface ReaderNames {
  /** "you, Ana Ruiz, and Dana Whitfield (emergency access until 2:41 pm)". */
  readonly everyone: string;
  /** Nobody but the person herself. */
  readonly alone: boolean;
}

/** Who can read something, as a sentence names them: the person herself first. */
export function useReaderNames(audience: Audience, isMe: (reader: Reader) => boolean): ReaderNames {
  const words = useWords();
  const language = useLanguage();
  const others = useLiveReaders(audience)
    .filter((reader) => !isMe(reader))
    .map(({ name, until }) =>
      until === undefined ? name : words('emergency.reader', { name, time: formatTime(until, language) }),
    );
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  return { everyone: list.format([words('access.youInSentence'), ...others]), alone: others.length === 0 };
}
