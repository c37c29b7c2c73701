import type { NoticeChoices } from '@casetalk/contract';
import {
  CheckboxField,
  Panel,
  RadioCards,
  SelectField,
  StatusStrip,
  SubmitButton,
  TextField,
  useAnnouncer,
} from '@casetalk/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf } from '../api/api-failure.ts';
import { api } from '../api/client.ts';
import { useWords } from '../language/use-words.ts';
import { TryAgain } from '../page/try-again.tsx';
import { queryKeys } from '../queries/query-keys.ts';
import classes from './notice-settings.module.css';

/** How and when one is told of unread messages. */
export function NoticeSettings() {
  const words = useWords();
  const { data, error, isError, refetch } = useQuery({
    queryKey: queryKeys.noticeChoices,
    queryFn: ({ signal }) => answerOf(api.getNoticeChoices({}, { signal })),
  });
  return (
    <Panel title={words('account.notices.title')}>
      <p className={classes.note}>{words('account.notices.lead')}</p>
      {isError && !data && (
        <TryAgain title={words('account.notices.failed')} error={error} onRetry={() => void refetch()} />
      )}
      {data && <NoticeForm kept={data} />}
    </Panel>
  );
}

/** What the browser's clock goes by. */
const ownZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The zones that the browser knows, the given one among them. */
const zonesWith = (zone: string): string[] =>
  [...new Set([...Intl.supportedValuesOf('timeZone'), zone])].toSorted();

function NoticeForm({ kept }: { readonly kept: NoticeChoices }) {
  const words = useWords();
  const announce = useAnnouncer();
  const queries = useQueryClient();
  const [channel, setChannel] = useState(kept.channel);
  const [isQuiet, setQuiet] = useState(kept.quietHours !== null);
  const [hours, setHours] = useState(kept.quietHours ?? { from: '21:00', to: '07:00', timeZone: ownZone() });
  const save = useMutation({
    mutationFn: () =>
      answerOf(api.changeNoticeChoices({ body: { channel, quietHours: isQuiet ? hours : null } })),
    onSuccess: (choices) => {
      queries.setQueryData(queryKeys.noticeChoices, choices);
      announce(words('account.notices.saved'));
    },
  });
  const isSame = isQuiet && hours.from === hours.to;

  return (
    <form
      className={classes.form}
      noValidate
      onChange={() => save.reset()}
      onSubmit={(event) => {
        event.preventDefault();
        if (!save.isPending && !isSame && hours.from !== '' && hours.to !== '') save.mutate();
      }}
    >
      <RadioCards
        id="notice-channel"
        name="notice-channel"
        legend={words('account.notices.channel')}
        value={channel}
        onChange={(value) => setChannel(kept.channels.find((one) => one === value) ?? 'email')}
        options={kept.channels.map((value) => ({
          value,
          label: words(`account.notices.channelOf.${value}`),
          hint: words(`account.notices.hintOf.${value}`),
        }))}
      />
      {channel !== 'none' && (
        <CheckboxField
          id="notice-quiet"
          label={words('account.notices.quiet')}
          hint={words('account.notices.quietHint')}
          checked={isQuiet}
          onChange={(event) => setQuiet(event.currentTarget.checked)}
        />
      )}
      {channel !== 'none' && isQuiet && (
        <div className={classes.hours}>
          <TextField
            id="notice-from"
            type="time"
            width="short"
            label={words('account.notices.from')}
            value={hours.from}
            error={hours.from === '' ? words('account.notices.timeMissing') : undefined}
            onChange={(event) => setHours({ ...hours, from: event.currentTarget.value })}
          />
          <TextField
            id="notice-to"
            type="time"
            width="short"
            label={words('account.notices.to')}
            value={hours.to}
            error={
              hours.to === ''
                ? words('account.notices.timeMissing')
                : isSame
                  ? words('account.notices.timeSame')
                  : undefined
            }
            onChange={(event) => setHours({ ...hours, to: event.currentTarget.value })}
          />
          <SelectField
            id="notice-zone"
            label={words('account.notices.zone')}
            value={hours.timeZone}
            data={zonesWith(hours.timeZone).map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
            onChange={(event) => setHours({ ...hours, timeZone: event.currentTarget.value })}
          />
        </div>
      )}
      {save.isError && (
        <TryAgain
          title={words('account.notices.notSaved')}
          error={save.error}
          onRetry={() => save.mutate()}
        />
      )}
      {save.isSuccess && <StatusStrip tone="success" title={words('account.notices.saved')} />}
      <div>
        <SubmitButton busy={save.isPending} busyLabel={words('account.notices.saving')}>
          {words('account.notices.submit')}
        </SubmitButton>
      </div>
    </form>
  );
}
