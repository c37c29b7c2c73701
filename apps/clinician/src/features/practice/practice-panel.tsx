import type { PracticeSettings } from '@casetalk/contract';
import { answerOf, api, queryKeys, TryAgain, useClinicianMe } from '@casetalk/portal';
import { CheckboxField, Panel, StatusStrip, SubmitButton, useAnnouncer } from '@casetalk/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import classes from './practice-panel.module.css';

/** For the practice's administrator: what holds for everybody's invitations. */
export function PracticePanel() {
  const t = useClinicianWords();
  const me = useClinicianMe();
  const { data, error, isError, refetch } = useQuery({
    queryKey: queryKeys.practiceSettings,
    queryFn: ({ signal }) => answerOf(api.getPracticeSettings({}, { signal })),
  });
  return (
    <Panel title={t('practice.title')}>
      <p className={classes.note}>{t('practice.lead', { practice: me.practice.name })}</p>
      {isError && !data && (
        <TryAgain title={t('practice.failed')} error={error} onRetry={() => void refetch()} />
      )}
      {data && <PracticeForm kept={data} />}
    </Panel>
  );
}

function PracticeForm({ kept }: { readonly kept: PracticeSettings }) {
  const t = useClinicianWords();
  const announce = useAnnouncer();
  const queries = useQueryClient();
  const [sendsReminders, setSendsReminders] = useState(kept.sendsReminders);
  const save = useMutation({
    mutationFn: () => answerOf(api.changePracticeSettings({ body: { sendsReminders } })),
    onSuccess: (settings) => {
      queries.setQueryData(queryKeys.practiceSettings, settings);
      announce(t('practice.saved'));
    },
  });
  return (
    <form
      className={classes.form}
      noValidate
      onChange={() => save.reset()}
      onSubmit={(event) => {
        event.preventDefault();
        if (!save.isPending) save.mutate();
      }}
    >
      <CheckboxField
        id="practice-reminders"
        label={t('practice.reminders')}
        hint={t('practice.remindersHint')}
        checked={sendsReminders}
        onChange={(event) => setSendsReminders(event.currentTarget.checked)}
      />
      {save.isError && (
        <TryAgain title={t('practice.notSaved')} error={save.error} onRetry={() => save.mutate()} />
      )}
      {save.isSuccess && <StatusStrip tone="success" title={t('practice.saved')} />}
      <div>
        <SubmitButton busy={save.isPending} busyLabel={t('practice.saving')}>
          {t('practice.submit')}
        </SubmitButton>
      </div>
    </form>
  );
}
