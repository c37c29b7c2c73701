import type { BreakGlassGrant } from '@casetalk/contract';
import { TryAgain } from '@casetalk/portal';
import { EmptyState, PageTitle, Panel, SkeletonList } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { IconShieldCheck } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { grantsQuery } from './emergency-queries.ts';
import classes from './emergency-screens.module.css';
import { GrantRow } from './grant-row.tsx';

function GrantList({
  title,
  grants,
}: {
  readonly title: string;
  readonly grants: readonly BreakGlassGrant[];
}) {
  if (grants.length === 0) return null;
  return (
    <Panel title={title}>
      <ul className={classes.list} aria-label={title}>
        {grants.map((grant) => (
          <GrantRow key={grant.id} grant={grant} />
        ))}
      </ul>
    </Panel>
  );
}

/** An administrator's emergency accesses, those that are open first, and the way to a new one. */
export function EmergencyListScreen() {
  const t = useClinicianWords();
  const query = useInfiniteQuery(grantsQuery());
  const grants = query.data?.pages.flatMap((page) => page.data);

  return (
    <div className={classes.screen}>
      <PageTitle
        title={t('emergencyAccess.title')}
        service={t('shell.service')}
        lead={t('emergencyAccess.lead')}
        actions={
          <Button component={Link} to="/emergency-access/new" variant="default">
            {t('emergencyAccess.new')}
          </Button>
        }
      />
      {query.isPending && <SkeletonList label={t('shell.loading')} rows={3} />}
      {query.isError && grants === undefined && (
        <TryAgain
          title={t('emergencyAccess.failed')}
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      )}
      {grants?.length === 0 && (
        <EmptyState
          icon={IconShieldCheck}
          title={t('emergencyAccess.none.title')}
          detail={t('emergencyAccess.none.text')}
        />
      )}
      {grants && (
        <>
          <GrantList
            title={t('emergencyAccess.live')}
            grants={grants.filter(({ state }) => state === 'live')}
          />
          <GrantList
            title={t('emergencyAccess.past')}
            grants={grants.filter(({ state }) => state !== 'live')}
          />
        </>
      )}
      {query.hasNextPage && (
        <Button
          className={classes.more ?? ''}
          variant="default"
          aria-busy={query.isFetchingNextPage || undefined}
          onClick={() => {
            if (!query.isFetchingNextPage) void query.fetchNextPage();
          }}
        >
          {t(query.isFetchingNextPage ? 'emergencyAccess.moreBusy' : 'emergencyAccess.more')}
        </Button>
      )}
    </div>
  );
}
