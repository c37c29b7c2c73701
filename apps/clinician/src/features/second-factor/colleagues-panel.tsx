import type { Clinician } from '@casetalk/contract';
import {
  answerOf,
  api,
  queryKeys,
  TryAgain,
  useAccountAct,
  useClinicianMe,
  useWords,
} from '@casetalk/portal';
import {
  ConfirmDialog,
  FactItem,
  FactList,
  Panel,
  SkeletonList,
  StatusStrip,
  SubmitButton,
} from '@casetalk/ui';
import { Button } from '@mantine/core';
import { IconUser } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import classes from './second-factor.module.css';

/** For the practice's administrator: the way back in for a colleague who has lost every second factor. */
export function ColleaguesPanel() {
  const t = useClinicianWords();
  const words = useWords();
  const me = useClinicianMe();
  const { outcome, run } = useAccountAct();
  const [asked, setAsked] = useState<Clinician | null>(null);
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery({
      queryKey: queryKeys.clinicians({ practice: 'own', everyone: true }),
      queryFn: ({ pageParam, signal }) =>
        answerOf(
          api.listClinicians(
            { query: { practice: 'own', ...(pageParam === null ? {} : { cursor: pageParam }) } },
            { signal },
          ),
        ),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.nextCursor,
    });
  const colleagues = data?.pages.flatMap((page) => page.data).filter(({ id }) => id !== me.id) ?? [];

  const reset = async ({ id, name }: Clinician) => {
    setAsked(null);
    await run(
      () => api.resetSecondFactors({ params: { clinicianId: id } }),
      t('colleagues.reset.done', { name }),
    );
  };

  return (
    <Panel title={t('colleagues.title')}>
      <p className={classes.quiet}>{t('colleagues.lead')}</p>
      {outcome && <StatusStrip tone={outcome.tone} title={outcome.text} />}
      {isPending && <SkeletonList label={words('page.loading')} rows={3} />}
      {error && <TryAgain title={t('colleagues.failed')} error={error} onRetry={() => void refetch()} />}
      <FactList label={t('colleagues.list', { practice: me.practice.name })}>
        {colleagues.map((colleague) => (
          <FactItem
            key={colleague.id}
            icon={IconUser}
            title={colleague.name}
            facts={[colleague.jobTitle]}
            actions={
              <Button
                variant="default"
                size="sm"
                aria-label={t('colleagues.resetName', { name: colleague.name })}
                onClick={() => setAsked(colleague)}
              >
                {t('colleagues.reset')}
              </Button>
            }
          />
        ))}
      </FactList>
      {hasNextPage && (
        <div>
          <SubmitButton
            type="button"
            variant="default"
            busy={isFetchingNextPage}
            busyLabel={words('page.loading')}
            onClick={() => void fetchNextPage()}
          >
            {t('colleagues.more')}
          </SubmitButton>
        </div>
      )}
      <ConfirmDialog
        opened={asked !== null}
        title={t('colleagues.reset.title', { name: asked?.name ?? '' })}
        detail={t('colleagues.reset.text', { name: asked?.name ?? '' })}
        confirmLabel={t('colleagues.reset.confirm')}
        cancelLabel={t('shell.cancel')}
        dangerous
        onCancel={() => setAsked(null)}
        onConfirm={() => asked && void reset(asked)}
      />
    </Panel>
  );
}
