import { TryAgain } from '@casetalk/portal';
import { EmptyState, PageTitle, useAnnouncer } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { IconFolderOpen, IconPlus, IconSearchOff } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useWide } from '../../lib/use-wide.ts';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { CaseCards } from './case-cards.tsx';
import { CaseFilterBar } from './case-filter-bar.tsx';
import { addressOf, type CaseFilters, filtersOf, isFiltered, usualDirection } from './case-filters.ts';
import { casesQuery } from './case-queries.ts';
import { CaseTable, CaseTableSkeleton } from './case-table.tsx';
import { caseResultsId, rememberCaseList } from './case-list-place.ts';
import classes from './case-list-screen.module.css';

interface CaseListScreenProps {
  readonly mayCreate: boolean;
  /** "(2) " while something is unread. */
  readonly titlePrefix: string;
  /** What comes before the cases. */
  readonly before: ReactNode;
}

/** "View Cases": every case of the clinician, searched, filtered and sorted by the address. */
export function CaseListScreen({ mayCreate, titlePrefix, before }: CaseListScreenProps) {
  const t = useClinicianWords();
  const announce = useAnnouncer();
  const wide = useWide();
  const [address, setAddress] = useSearchParams();
  const filters = filtersOf(address);
  const found = useInfiniteQuery(casesQuery(filters));
  const cases = found.data?.pages.flatMap((page) => page.data);
  const total = found.data?.pages.at(0)?.total;
  const settled = total !== undefined && !found.isPlaceholderData;

  useEffect(() => rememberCaseList(address.toString()), [address]);
  useEffect(() => {
    if (settled) announce(t('cases.count', { count: total }));
  }, [announce, settled, t, total]);

  const change = (next: CaseFilters, how: 'push' | 'replace'): void =>
    setAddress(addressOf(next), { replace: how === 'replace', preventScrollReset: true });
  const clear = (): void =>
    change({ ...filters, search: '', status: null, talk: null, unread: false }, 'push');
  const newCase = mayCreate ? (
    <Button component={Link} to="/cases/new" leftSection={<IconPlus size="1.125rem" aria-hidden="true" />}>
      {t('cases.newCase')}
    </Button>
  ) : undefined;

  const empty = (
    <EmptyState
      icon={isFiltered(filters) ? IconSearchOff : IconFolderOpen}
      title={isFiltered(filters) ? t('cases.noMatch.title') : t('cases.empty.title')}
      detail={
        isFiltered(filters)
          ? t('cases.noMatch.text')
          : t(mayCreate ? 'cases.empty.text' : 'cases.empty.administrator')
      }
      action={
        isFiltered(filters) ? (
          <Button variant="default" onClick={clear}>
            {t('cases.clear')}
          </Button>
        ) : undefined
      }
    />
  );

  const list = (): React.ReactNode => {
    if (cases === undefined) {
      return found.isError ? (
        <TryAgain title={t('cases.failed')} error={found.error} onRetry={() => void found.refetch()} />
      ) : (
        <CaseTableSkeleton />
      );
    }
    if (cases.length === 0) return empty;
    if (!wide) return <CaseCards cases={cases} />;
    return (
      <CaseTable
        cases={cases}
        filters={filters}
        onSort={(sort) => {
          const turned = filters.direction === 'ascending' ? 'descending' : 'ascending';
          change(
            { ...filters, sort, direction: sort === filters.sort ? turned : usualDirection(sort) },
            'push',
          );
        }}
      />
    );
  };

  return (
    <div className={classes.screen}>
      <PageTitle
        title={t('cases.title')}
        service={t('shell.service')}
        prefix={titlePrefix}
        lead={t('cases.lead')}
        actions={newCase}
      />
      {before}
      <CaseFilterBar filters={filters} onChange={change} onClear={clear} withSort={!wide} />
      <div
        id={caseResultsId}
        tabIndex={-1}
        className={classes.results}
        aria-busy={found.isPlaceholderData || undefined}
      >
        {total !== 0 && !found.isError && (
          <p className={classes.count}>{total !== undefined && t('cases.count', { count: total })}</p>
        )}
        {list()}
        {found.hasNextPage && (
          <Button
            variant="default"
            className={classes.more}
            aria-busy={found.isFetchingNextPage || undefined}
            onClick={() => {
              if (!found.isFetchingNextPage) void found.fetchNextPage();
            }}
          >
            {found.isFetchingNextPage ? t('cases.loadingMore') : t('cases.more')}
          </Button>
        )}
      </div>
    </div>
  );
}
