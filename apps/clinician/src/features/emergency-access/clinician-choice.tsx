import type { Clinician } from '@casetalk/contract';
import { TryAgain } from '@casetalk/portal';
import { RadioCards, SkeletonList, TextField } from '@casetalk/ui';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { colleaguesQuery } from './emergency-queries.ts';
import classes from './emergency-screens.module.css';

interface ClinicianChoiceProps {
  readonly id: string;
  readonly chosen: Clinician | null;
  readonly error?: ReactNode;
  readonly onChoose: (clinician: Clinician) => void;
}

const typingPauseMs = 250;
const shownAtOnce = 5;

/** The first few that were found; who was chosen stays among them, whatever is searched for next. */
function cardsOf(found: readonly Clinician[], chosen: Clinician | null): readonly Clinician[] {
  const others = found.filter(({ id }) => id !== chosen?.id);
  return [...(chosen ? [chosen] : []), ...others].slice(0, shownAtOnce);
}

/** One doctor or staff member of the own practice. */
export function ClinicianChoice({ id, chosen, error, onChoose }: ClinicianChoiceProps) {
  const t = useClinicianWords();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), typingPauseMs);
  const found = useQuery(colleaguesQuery(search));
  // A practice of a few needs no search.
  const searchable = typed !== '' || (found.data?.data.length ?? 0) > shownAtOnce;
  const cards = cardsOf(found.data?.data ?? [], chosen);
  return (
    <div className={classes.group}>
      {searchable && (
        <TextField
          id={`${id}-search`}
          type="search"
          label={t('emergencyAccess.form.search')}
          leftSection={<IconSearch size="1.125rem" aria-hidden="true" />}
          autoComplete="off"
          maxLength={120}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.preventDefault();
          }}
        />
      )}
      <RadioCards
        id={id}
        name={id}
        legend={t('emergencyAccess.form.clinician')}
        hint={t('emergencyAccess.form.clinicianHint')}
        error={error}
        value={chosen?.id}
        onChange={(value) => {
          const clinician = cards.find((card) => card.id === value);
          if (clinician) onChoose(clinician);
        }}
        options={cards.map((clinician) => ({
          value: clinician.id,
          label: clinician.name,
          hint: clinician.jobTitle,
        }))}
      />
      {found.isPending && <SkeletonList label={t('shell.loading')} rows={2} />}
      {found.isError && found.data === undefined && (
        <TryAgain
          title={t('emergencyAccess.form.searchFailed')}
          error={found.error}
          onRetry={() => void found.refetch()}
        />
      )}
      {found.data?.data.length === 0 && <p className={classes.quiet}>{t('emergencyAccess.form.nobody')}</p>}
    </div>
  );
}
