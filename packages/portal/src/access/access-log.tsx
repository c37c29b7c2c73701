import type { AccessEvent } from '@casetalk/contract';
import {
  EmptyState,
  formatDate,
  formatDay,
  SkeletonList,
  TimelineDay,
  useAnnouncer,
  useNow,
} from '@casetalk/ui';
import { Button } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useLanguage, useWords } from '../language/use-words.ts';
import { TryAgain } from '../page/try-again.tsx';
import { AccessEntry } from './access-entry.tsx';
import classes from './access-log.module.css';
import { accessEventsQuery } from './access-queries.ts';

export interface AccessLogProps {
  /** Null for all talks of the signed-in patient. */
  readonly talkId: string | null;
  /** Names the conversation of each entry; needed where there are several. */
  readonly withConversation?: boolean;
  /** One deeper than the heading above. */
  readonly level?: 2 | 3;
}

const minuteMs = 60_000;

interface Day {
  readonly day: string;
  readonly events: readonly AccessEvent[];
}

/** The entries of each day of the reader's own time zone, in the order in which they came. */
function daysOf(events: readonly AccessEvent[], dayOf: (event: AccessEvent) => string): readonly Day[] {
  const days = new Map<string, AccessEvent[]>();
  for (const event of events) {
    const day = dayOf(event);
    const known = days.get(day);
    if (known) known.push(event);
    else days.set(day, [event]);
  }
  return [...days].map(([day, of]) => ({ day, events: of }));
}

/** Who opened, downloaded, shared and stopped sharing what of a talk: day by day, the latest first. */
export function AccessLog({ talkId, withConversation = false, level = 2 }: AccessLogProps) {
  const words = useWords();
  const language = useLanguage();
  const now = useNow(minuteMs);
  const query = useInfiniteQuery(accessEventsQuery(talkId));
  const events = query.data?.pages.flatMap((page) => page.data) ?? [];
  useMoreAnnounced(query.data?.pages.length ?? 0, events.length);

  if (query.isPending) return <SkeletonList label={words('access.loading')} rows={4} withMark />;
  if (!query.data) {
    return (
      <TryAgain title={words('access.failed')} error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  if (events.length === 0) {
    return (
      <EmptyState icon={IconEyeOff} title={words('access.empty')} detail={words('access.empty.detail')} />
    );
  }
  return (
    <div className={classes.root}>
      {daysOf(events, ({ at }) => formatDate(at, language)).map(({ day, events: ofDay }) => (
        <TimelineDay key={day} title={formatDay(ofDay[0]?.at ?? now, language, now)} level={level}>
          {ofDay.map((event) => (
            <AccessEntry key={event.id} event={event} withConversation={withConversation} />
          ))}
        </TimelineDay>
      ))}
      {query.isFetchNextPageError && (
        <TryAgain
          title={words('access.failed')}
          error={query.error}
          onRetry={() => void query.fetchNextPage()}
        />
      )}
      {query.hasNextPage && !query.isFetchNextPageError && (
        <Button
          className={classes.older ?? ''}
          variant="default"
          aria-busy={query.isFetchingNextPage || undefined}
          onClick={() => {
            if (!query.isFetchingNextPage) void query.fetchNextPage();
          }}
        >
          {words(query.isFetchingNextPage ? 'access.older.busy' : 'access.older')}
        </Button>
      )}
    </div>
  );
}

/** Says how many entries there are, once more of them were asked for. */
function useMoreAnnounced(pages: number, count: number): void {
  const announce = useAnnouncer();
  const words = useWords();
  const before = useRef(pages);
  useEffect(() => {
    if (before.current > 0 && pages > before.current) announce(words('access.loaded', { count }));
    before.current = pages;
  }, [announce, count, pages, words]);
}
