import { talksQuery, TryAgain, useHasDraft, useWords } from '@casetalk/portal';
import { EmptyState, PageTitle, SkeletonList, useAnnouncer } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconInbox, IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useSearchParams } from 'react-router';
import { usePatientWords } from '../../language/use-patient-words.ts';
import { ConversationRow } from './conversation-row.tsx';
import classes from './conversation-list.module.css';
import { ConversationSearch } from './conversation-search.tsx';
import { ReceivedInvitations } from './received-invitations.tsx';

/** One stops typing for this long before the list is asked anew, in milliseconds. */
const quietMs = 250;

/** The conversations, the latest message first; invitations that wait for an answer above them. */
export function ConversationList() {
  const words = useWords();
  const patient = usePatientWords();
  const hasDraft = useHasDraft();
  const [params, setParams] = useSearchParams();
  const search = params.get('search') ?? '';
  const [asked] = useDebouncedValue(search.trim(), quietMs);
  const unreadTotal = useInfiniteQuery(talksQuery()).data?.pages[0]?.unreadTotal ?? 0;
  const query = useInfiniteQuery({
    ...talksQuery(asked === '' ? {} : { search: asked }),
    placeholderData: keepPreviousData,
  });
  const talks = query.data?.pages.flatMap((page) => page.data) ?? [];
  useResultCount(asked, query.isFetching ? null : talks.length);

  const setSearch = (text: string) => setParams(text === '' ? {} : { search: text }, { replace: true });
  const nothingYet = query.isSuccess && talks.length === 0 && asked === '';

  return (
    <div className={classes.root}>
      <div className={classes.head}>
        <PageTitle
          title={patient('inbox.title')}
          service={words('page.service')}
          prefix={unreadTotal > 0 ? `(${unreadTotal}) ` : undefined}
        />
        {!nothingYet && <ConversationSearch value={search} onChange={setSearch} />}
      </div>
      <div className={classes.scroll}>
        <ReceivedInvitations />
        {query.isPending && (
          <div className={classes.pad}>
            <SkeletonList label={patient('inbox.loading')} rows={4} withMark />
          </div>
        )}
        {query.error && !query.data && (
          <div className={classes.pad}>
            <TryAgain
              title={patient('inbox.failed')}
              error={query.error}
              onRetry={() => void query.refetch()}
            />
          </div>
        )}
        {nothingYet && (
          <EmptyState
            icon={IconInbox}
            title={patient('inbox.empty')}
            detail={patient('inbox.empty.detail')}
          />
        )}
        {query.isSuccess && talks.length === 0 && asked !== '' && (
          <EmptyState
            icon={IconSearch}
            title={patient('inbox.none')}
            detail={patient('inbox.none.detail')}
            action={
              <Button variant="default" onClick={() => setSearch('')}>
                {patient('inbox.search.clear')}
              </Button>
            }
          />
        )}
        {talks.length > 0 && (
          <ul className={classes.list} aria-label={patient('inbox.list')}>
            {talks.map((talk) => (
              <ConversationRow key={talk.id} talk={talk} hasDraft={hasDraft(talk.id)} />
            ))}
          </ul>
        )}
        {query.hasNextPage && (
          <div className={classes.pad}>
            <Button
              variant="default"
              aria-busy={query.isFetchingNextPage || undefined}
              onClick={() => void query.fetchNextPage()}
            >
              {words(query.isFetchingNextPage ? 'talk.older.busy' : 'talk.older')}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

/** Says how many were found, once the answer is there; null while it is not. */
function useResultCount(asked: string, count: number | null): void {
  const announce = useAnnouncer();
  const patient = usePatientWords();
  useEffect(() => {
    if (asked !== '' && count !== null) announce(patient('inbox.found', { count }));
  }, [announce, asked, count, patient]);
}
