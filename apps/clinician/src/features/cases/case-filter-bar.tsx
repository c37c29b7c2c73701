import { SelectField, TextField } from '@casetalk/ui';
import { Button, Checkbox } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconAdjustmentsHorizontal, IconSearch } from '@tabler/icons-react';
import { choiceOf, myTalkStates } from '@casetalk/contract';
import { useState } from 'react';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { type CaseFilters, type CaseSort, isFiltered, usualDirection } from './case-filters.ts';
import classes from './case-filter-bar.module.css';

interface CaseFilterBarProps {
  readonly filters: CaseFilters;
  readonly onChange: (filters: CaseFilters, how: 'push' | 'replace') => void;
  readonly onClear: () => void;
  /** Cards have no headings to sort by, so the bar offers it. */
  readonly withSort: boolean;
}

/** Long enough to type on, short enough not to be waited for. */
const typingPauseMs = 250;

/** What the list shows. Everything set here stands in the address. */
export function CaseFilterBar({ filters, onChange, onClear, withSort }: CaseFilterBarProps) {
  const t = useClinicianWords();
  const [typed, setTyped] = useState(filters.search);
  const [seen, setSeen] = useState(filters.search);
  const [sent, setSent] = useState<string | null>(null);
  const [refining, setRefining] = useState(
    filters.status !== null || filters.talk !== null || filters.unread,
  );
  // Back, Forward and "Clear filters" change the address under the field; what one types is never taken back.
  if (seen !== filters.search) {
    setSeen(filters.search);
    if (sent !== filters.search) setTyped(filters.search);
  }
  const search = useDebouncedCallback((words: string) => {
    setSent(words);
    onChange({ ...filters, search: words }, 'replace');
  }, typingPauseMs);

  return (
    <search className={classes.root}>
      <form
        className={classes.row}
        data-folded={(withSort && !refining) || undefined}
        onSubmit={(event) => {
          event.preventDefault();
          onChange({ ...filters, search: typed }, 'replace');
        }}
      >
        <div className={classes.search}>
          <TextField
            id="case-search"
            type="search"
            label={t('cases.search')}
            leftSection={<IconSearch size="1.125rem" aria-hidden="true" />}
            autoComplete="off"
            maxLength={120}
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              search(event.currentTarget.value);
            }}
          />
        </div>
        {withSort && (
          <Button
            variant="default"
            className={classes.refine}
            leftSection={<IconAdjustmentsHorizontal size="1.125rem" aria-hidden="true" />}
            aria-expanded={refining}
            onClick={() => setRefining(!refining)}
          >
            {t('cases.refine')}
          </Button>
        )}
        <SelectField
          id="case-status"
          width="short"
          label={t('cases.status')}
          value={filters.status ?? ''}
          onChange={(event) => {
            const { value } = event.currentTarget;
            onChange({ ...filters, status: value === 'open' || value === 'closed' ? value : null }, 'push');
          }}
          data={[
            { value: '', label: t('cases.anyStatus') },
            { value: 'open', label: t('cases.statusOf.open') },
            { value: 'closed', label: t('cases.statusOf.closed') },
          ]}
        />
        <SelectField
          id="case-talk"
          width="short"
          label={t('cases.talk')}
          value={filters.talk ?? ''}
          onChange={(event) => {
            const talk = choiceOf(myTalkStates, event.currentTarget.value) ?? null;
            onChange({ ...filters, talk }, 'push');
          }}
          data={[
            { value: '', label: t('cases.anyTalk') },
            ...myTalkStates.map((state) => ({ value: state, label: t(`cases.talkOf.${state}`) })),
          ]}
        />
        {withSort && (
          <SelectField
            id="case-sort"
            width="short"
            label={t('cases.sort')}
            value={filters.sort}
            onChange={(event) => {
              const sort = event.currentTarget.value as CaseSort;
              onChange({ ...filters, sort, direction: usualDirection(sort) }, 'push');
            }}
            data={(['updated', 'patient', 'title'] as const).map((sort) => ({
              value: sort,
              label: t(`cases.sorted.${sort}`),
            }))}
          />
        )}
        <div className={classes.unread}>
          <Checkbox
            id="case-unread"
            label={t('cases.unreadOnly')}
            checked={filters.unread}
            onChange={(event) => onChange({ ...filters, unread: event.currentTarget.checked }, 'push')}
          />
        </div>
        {isFiltered(filters) && (
          <Button variant="subtle" className={classes.clear} onClick={onClear}>
            {t('cases.clear')}
          </Button>
        )}
      </form>
    </search>
  );
}
